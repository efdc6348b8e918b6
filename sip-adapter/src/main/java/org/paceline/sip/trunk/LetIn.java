package org.paceline.sip.trunk;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.paceline.sip.dns.Resolution;
import org.paceline.sip.stack.AddressRange;
import org.paceline.sip.stack.PeerAddresses;

/**
 * The addresses of one trunk that may send requests outside of calls: those of its hosts, and those that it matches
 * besides.
 *
 * <p>Thread: within the trunk's lock.
 */
final class LetIn {

    private final PeerAddresses peers;
    private final List<AddressRange> ranges;
    private final Map<String, Set<InetAddress>> named = new HashMap<>();
    private Set<InetAddress> hosts = Set.of();
    private Set<InetAddress> in = Set.of();
    private boolean closed;

    LetIn(PeerAddresses peers, List<AddressRange> ranges) {
        this.peers = peers;
        this.ranges = ranges;
    }

    void open() {
        ranges.forEach(peers::add);
    }

    void close() {
        closed = true;
        ranges.forEach(peers::remove);
        in.forEach(peers::remove);
        in = Set.of();
    }

    /** Takes the addresses of its hosts, in place of those before. */
    void hosts(Set<InetAddress> now) {
        hosts = Set.copyOf(now);
        update();
    }

    /** Takes what a name that it matches leads to; one that does not resolve leads where it led before. */
    void named(String name, Resolution found) {
        Set<InetAddress> addresses = found.servers().stream()
                .flatMap(server -> server.addresses().stream())
                .collect(Collectors.toSet());
        if (!addresses.isEmpty()) {
            named.put(name, addresses);
            update();
        }
    }

    /** Whether the address is one of its hosts'. */
    boolean isHost(InetAddress address) {
        return hosts.contains(address);
    }

    private void update() {
        if (closed) {
            return;
        }
        Set<InetAddress> now = new HashSet<>(hosts);
        named.values().forEach(now::addAll);
        now.stream().filter(each -> !in.contains(each)).forEach(peers::add);
        in.stream().filter(each -> !now.contains(each)).forEach(peers::remove);
        in = now;
    }
}
