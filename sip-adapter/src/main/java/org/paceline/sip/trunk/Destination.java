package org.paceline.sip.trunk;

import java.net.InetSocketAddress;

/**
 * One address of a trunk to which a call may go.
 *
 * @param host host part of URIs
 * @param uriPort port part of URIs, 0 for none
 * @param at where messages are sent
 */
public record Destination(String host, int uriPort, InetSocketAddress at) {

    /** Returns the address as {@code ip:port}, for logs. */
    public String text() {
        return text(at);
    }

    static String text(InetSocketAddress at) {
        String ip = at.getAddress().getHostAddress();
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + at.getPort();
    }
}
