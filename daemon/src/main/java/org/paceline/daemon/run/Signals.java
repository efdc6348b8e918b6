package org.paceline.daemon.run;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signals of the operating system. The JDK has no supported way to survive SIGHUP or to exit with 0 on
 * SIGTERM; only {@code sun.misc.Signal} can, and it is used by reflection because javac warns of its very name.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Runs something on every such signal, on a thread of the JVM.
     *
     * @param name without {@code SIG}: {@code TERM}, {@code HUP}, {@code INT}
     */
    public static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        // toString is the only other method that the JDK calls.
                        return "handler of SIG" + name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LOG.warn("event=signal-not-handled signal={} effect=\"the JVM's own handling stays\"", name, e);
        }
    }
}
