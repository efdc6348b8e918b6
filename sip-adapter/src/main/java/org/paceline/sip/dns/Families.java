package org.paceline.sip.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.paceline.sip.stack.NameResolver;

/** The families of addresses that we can send to. */
public enum Families {
    V4("IPv4 address"),
    V6("IPv6 address"),
    BOTH("address");

    private static final int HIGHEST = 50;

    private final String word;

    Families(String word) {
        this.word = word;
    }

    /** Returns those of a socket that is bound to the host; {@code ::} sends to both, and a name may be of either. */
    public static Families of(String ownHost) {
        InetAddress own = NameResolver.literal(ownHost);
        if (own == null || (own instanceof Inet6Address && own.isAnyLocalAddress())) {
            return BOTH;
        }
        return own instanceof Inet4Address ? V4 : V6;
    }

    public boolean has(InetAddress address) {
        return this == BOTH || (this == V4) == address instanceof Inet4Address;
    }

    /** Returns what one of them is called. */
    String word() {
        return word;
    }

    /** Returns the addresses of these families, in the order of RFC 6724 §2.1: by the precedence of their prefixes. */
    List<InetAddress> inOrder(List<InetAddress> addresses) {
        List<InetAddress> usable =
                new ArrayList<>(addresses.stream().filter(this::has).toList());
        usable.sort(Comparator.comparingInt(Families::precedence).reversed());
        return usable;
    }

    private static int precedence(InetAddress address) {
        if (address instanceof Inet4Address) {
            return 35;
        }
        byte[] bytes = address.getAddress();
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        boolean isTeredo = first == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
        boolean isUniqueLocal = (first & 0xfe00) == 0xfc00;
        boolean isSiteLocal = (first & 0xffc0) == 0xfec0;
        return address.isLoopbackAddress()
                ? HIGHEST
                : first == 0x2002 ? 30 : isTeredo ? 5 : isUniqueLocal ? 3 : isSiteLocal ? 1 : 40;
    }
}
