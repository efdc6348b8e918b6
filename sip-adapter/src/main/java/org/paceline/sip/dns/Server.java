package org.paceline.sip.dns;

import java.net.InetAddress;
import java.util.List;
import org.paceline.sip.stack.Transport;

/**
 * One server that a host's name leads to.
 *
 * @param name its own name, or the address that the host is
 * @param priority lower is tried first (RFC 2782)
 * @param weight share among servers of equal priority; 0 for none
 * @param addresses empty where its name does not resolve now
 */
public record Server(
        String name, Transport transport, int port, int priority, int weight, List<InetAddress> addresses) {

    public Server {
        addresses = List.copyOf(addresses);
    }
}
