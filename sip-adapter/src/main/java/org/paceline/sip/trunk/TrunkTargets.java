package org.paceline.sip.trunk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.dns.Resolution;

/**
 * What the names of a trunk's hosts lead to.
 *
 * <p>Thread: within the trunk's lock.
 */
final class TrunkTargets {

    private final List<TrunkHost> hosts;
    private final TargetOrder order;

    /** A host that never resolved is not there. */
    private final Map<TrunkHost, List<Target>> targets = new LinkedHashMap<>();
    /** Why hosts do not resolve now, wholly or in part. */
    private final Map<TrunkHost, String> failures = new LinkedHashMap<>();

    TrunkTargets(List<TrunkHost> hosts, TargetOrder order) {
        this.hosts = hosts;
        this.order = order;
    }

    /**
     * Takes what a host's name leads to now. What does not resolve any more leads where it led before; calls go where
     * they went as long as that is still there.
     */
    void take(TrunkHost host, Resolution found) {
        List<Target> before = of(host);
        List<Target> now = found.servers().stream()
                .map(server -> Target.of(host, server, before))
                .filter(target -> !target.addresses().isEmpty())
                .toList();
        if (!now.isEmpty()) {
            targets.put(host, now);
        }
        if (found.failures().isEmpty()) {
            failures.remove(host);
        } else {
            failures.put(host, failure(host, found));
        }
    }

    /** Returns where the host led last; empty where it never resolved. */
    List<Target> of(TrunkHost host) {
        return targets.getOrDefault(host, List.of());
    }

    /** Returns all, in the order of the configuration. */
    List<Target> all() {
        return hosts.stream().flatMap(host -> of(host).stream()).toList();
    }

    /** Returns all, in the order in which one call tries them. */
    List<Target> inTurn() {
        List<Target> all = new ArrayList<>();
        for (TrunkHost host : order.of(hosts)) {
            all.addAll(order.of(of(host)));
        }
        return all;
    }

    /** Returns the one of that name, or the first that the host of that name leads to; null where there is none. */
    @Nullable
    Target named(String name) {
        return all().stream()
                .filter(each -> name.equalsIgnoreCase(each.name())
                        || name.equalsIgnoreCase(each.of().host()))
                .findFirst()
                .orElse(null);
    }

    /** Returns which hosts do not resolve and why, in one line; empty where all do. */
    String unresolved() {
        return hosts.stream()
                .map(failures::get)
                .filter(failure -> failure != null)
                .collect(Collectors.joining("; "));
    }

    private static String failure(TrunkHost host, Resolution found) {
        String prefix = host.host() + ": ";
        return found.failures().stream()
                .map(line -> line.startsWith(prefix) ? line.substring(prefix.length()) : line)
                .collect(Collectors.joining(", ", "host " + host.host() + " does not resolve: ", ""));
    }
}
