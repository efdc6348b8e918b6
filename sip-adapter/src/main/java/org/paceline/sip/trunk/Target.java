package org.paceline.sip.trunk;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.Link;

/**
 * One destination that a host's name leads to, with the addresses that it has now, the one in use first.
 *
 * @param host host part of URIs
 * @param uriPort port part of URIs, 0 for none
 * @param priority lower is tried first
 * @param weight share among targets of equal priority; 0 for none
 * @param link how messages go there
 */
record Target(String host, int uriPort, int port, int priority, int weight, Link link, List<InetAddress> addresses) {

    Target {
        addresses = List.copyOf(addresses);
    }

    List<Destination> destinations() {
        return addresses.stream()
                .map(address -> new Destination(host, uriPort, hop(address, port)))
                .toList();
    }

    /** Returns where another port of one of its addresses, or of those that it names, is reached. */
    Hop hop(InetAddress address, int port) {
        return new Hop(link, new InetSocketAddress(address, port));
    }

    /**
     * Returns this target with the address in front that the same target had there before, where it still has it.
     */
    Target keepingFirstOf(List<Target> before) {
        for (Target earlier : before) {
            InetAddress first = earlier.addresses().getFirst();
            if (earlier.host().equals(host)
                    && earlier.port() == port
                    && earlier.link().equals(link)
                    && addresses.contains(first)) {
                return new Target(host, uriPort, port, priority, weight, link, withFirst(first));
            }
        }
        return this;
    }

    private List<InetAddress> withFirst(InetAddress first) {
        List<InetAddress> kept = new ArrayList<>(addresses);
        kept.remove(first);
        kept.addFirst(first);
        return kept;
    }
}
