package org.paceline.sip.stack;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Host names to addresses, off the threads of calls. */
public final class NameResolver {

    private NameResolver() {}

    /**
     * Passes on the host's address: at once where it is one, else later on a thread of its own.
     *
     * @param then takes null when the name does not resolve
     */
    public static void resolve(String host, Consumer<@Nullable InetAddress> then) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(bare);
        if (bytes == null) {
            Thread.ofVirtual().name("sip-resolve").start(() -> then.accept(lookUp(bare)));
            return;
        }
        try {
            then.accept(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            then.accept(null);
        }
    }

    private static @Nullable InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
