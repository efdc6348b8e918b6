package org.paceline.sip.trunk;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.dns.Server;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.Link;

/**
 * One server of a trunk's host, with the addresses that it has now, the one in use first.
 *
 * @param of the host whose name led to it; its name and port stand in URIs
 * @param name its own name
 * @param link how messages go there
 * @param priority among the servers of the host
 * @param weight among the servers of the host
 */
record Target(TrunkHost of, String name, Link link, int port, int priority, int weight, List<InetAddress> addresses)
        implements Ranked {

    Target {
        addresses = List.copyOf(addresses);
    }

    /** Returns the server as it is now, seen beside what the host led to before. */
    static Target of(TrunkHost host, Server server, List<Target> before) {
        Target earlier = before.stream()
                .filter(each -> each.name().equalsIgnoreCase(server.name())
                        && each.port() == server.port()
                        && each.link().transport() == server.transport())
                .findFirst()
                .orElse(null);
        return new Target(
                host,
                server.name(),
                host.link().transport() == server.transport() ? host.link() : new Link(server.transport(), null),
                server.port(),
                server.priority(),
                server.weight(),
                earlier == null ? server.addresses() : kept(server.addresses(), earlier.addresses()));
    }

    List<Destination> destinations() {
        return addresses.stream()
                .map(address -> new Destination(of.host(), of.port(), hop(address, port)))
                .toList();
    }

    /** Returns where another port of one of its addresses, or of those that it names, is reached. */
    Hop hop(InetAddress address, int port) {
        return new Hop(link, new InetSocketAddress(address, port));
    }

    /** Addresses stay where its name does not resolve now; else the one in use stays in front, if it is still there. */
    private static List<InetAddress> kept(List<InetAddress> now, List<InetAddress> before) {
        if (now.isEmpty()) {
            return before;
        }
        @Nullable InetAddress inUse = before.isEmpty() ? null : before.getFirst();
        if (inUse == null || !now.contains(inUse)) {
            return now;
        }
        List<InetAddress> kept = new ArrayList<>(now);
        kept.remove(inUse);
        kept.addFirst(inUse);
        return kept;
    }
}
