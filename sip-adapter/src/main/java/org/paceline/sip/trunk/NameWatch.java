package org.paceline.sip.trunk;

import java.util.function.Consumer;
import org.paceline.sip.dns.Resolution;
import org.paceline.sip.dns.SipNames;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.Transport;

/**
 * Looks one name of a trunk up, again each time before its records lapse.
 *
 * <p>Thread: any; one look-up at a time.
 */
final class NameWatch {

    /** The longest time until a name that did not resolve, wholly or in part, is tried again. */
    private static final long TRY_AGAIN_MILLIS = 30_000;

    private final String name;
    private final int port;
    private final Transport transport;
    private final SipNames names;
    private final SipEndpoint endpoint;
    private final Consumer<Resolution> found;
    private volatile boolean closed;

    /**
     * @param name a name, or an address, which needs no look-up
     * @param port 0 for none given
     * @param found takes what it leads to, after each look-up; an address at once
     */
    NameWatch(
            String name,
            int port,
            Transport transport,
            SipNames names,
            SipEndpoint endpoint,
            Consumer<Resolution> found) {
        this.name = name;
        this.port = port;
        this.transport = transport;
        this.names = names;
        this.endpoint = endpoint;
        this.found = found;
    }

    void start() {
        names.resolve(name, port, transport, resolution -> {
            if (closed) {
                return;
            }
            found.accept(resolution);
            if (resolution.ttlMillis() != Long.MAX_VALUE) {
                endpoint.after(pauseMillis(resolution), this::again);
            }
        });
    }

    void close() {
        closed = true;
    }

    private void again() {
        if (!closed) {
            start();
        }
    }

    private static long pauseMillis(Resolution resolution) {
        long beforeLapse = resolution.ttlMillis() / 10 * 9;
        return resolution.failures().isEmpty() ? beforeLapse : Math.min(beforeLapse, TRY_AGAIN_MILLIS);
    }
}
