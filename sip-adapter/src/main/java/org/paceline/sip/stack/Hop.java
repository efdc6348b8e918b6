package org.paceline.sip.stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a message is sent, and how.
 *
 * @param at a resolved address
 */
public record Hop(Link link, InetSocketAddress at) {

    public Hop {
        if (at.getAddress() == null) {
            throw new IllegalArgumentException("at=" + at + ": must be resolved");
        }
    }

    public static Hop udp(InetSocketAddress at) {
        return new Hop(Link.UDP, at);
    }

    public Transport transport() {
        return link.transport();
    }

    public InetAddress address() {
        return at.getAddress();
    }

    /** Returns the address as {@code ip:port}, behind the transport where that is not UDP, for logs. */
    public String text() {
        String ip = address().getHostAddress();
        String text = (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + at.getPort();
        return transport() == Transport.UDP ? text : transport().word() + ":" + text;
    }

    @Override
    public String toString() {
        return text();
    }
}
