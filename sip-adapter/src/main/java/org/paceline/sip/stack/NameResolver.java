package org.paceline.sip.stack;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Resolves host names to addresses, off the threads of calls. */
public final class NameResolver {

    private NameResolver() {}

    /**
     * Passes on the host's addresses: at once where the host is an address, else later on a thread of its own.
     *
     * @param then takes an empty list when the name does not resolve
     */
    public static void resolve(String host, Consumer<List<InetAddress>> then) {
        InetAddress address = literal(host);
        if (address == null) {
            Thread.ofVirtual().name("sip-resolve").start(() -> then.accept(lookUp(host)));
        } else {
            then.accept(List.of(address));
        }
    }

    /**
     * Returns the address that a URI's host is (in brackets for IPv6), or null where it is a name. This asks nobody.
     */
    public static @Nullable InetAddress literal(String host) {
        boolean inBrackets = host.startsWith("[") && host.endsWith("]");
        return NetUtil.createInetAddressFromIpAddressString(inBrackets ? host.substring(1, host.length() - 1) : host);
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
