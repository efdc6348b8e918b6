package org.paceline.sip.stack;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Host names to addresses, off the threads of calls. */
public final class NameResolver {

    private NameResolver() {}

    /**
     * Passes on the host's addresses: at once where it is one, else later on a thread of its own.
     *
     * @param then takes none when the name does not resolve
     */
    public static void resolve(String host, Consumer<List<InetAddress>> then) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(bare);
        if (bytes == null) {
            Thread.ofVirtual().name("sip-resolve").start(() -> then.accept(lookUp(bare)));
            return;
        }
        try {
            then.accept(List.of(InetAddress.getByAddress(bytes)));
        } catch (UnknownHostException e) {
            then.accept(List.of());
        }
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
