package org.paceline.sip.trunk;

import gov.nist.javax.sip.address.SipUri;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.trunk.TrunkAddress.Probe;

/**
 * The addresses of one trunk: which there are, how each fares, and which one a call gets. The trunk is up while one of
 * them is.
 *
 * <p>Thread: any.
 */
final class TrunkAddresses {

    private static final int MOST_PORT = 65_535;
    /** How many addresses a trunk has at most; a name with more is cut. */
    private static final int MOST_ADDRESSES = 32;

    /** Longer than any call rings (RFC 3261 §16.6, timer C); an answered one lets its peer in itself. */
    private static final long RINGING_MILLIS = 200_000;

    private static final String NO_ANSWER_YET = "no answer to OPTIONS yet";
    private static final String FIRST_CALL = "first call will tell";

    private final TrunkAddress settings;
    private final SipEndpoint endpoint;
    private final PeerAddresses peers;
    private final TrunkReports reports;
    private final TargetOrder order = new TargetOrder(new SplittableRandom());

    /** What the hosts' names lead to now; a host that never resolved is not there. */
    private final Map<TrunkHost, List<Target>> targets = new LinkedHashMap<>();

    private final Map<Hop, AddressHealth> health = new LinkedHashMap<>();
    /** Hosts that do not resolve now. */
    private final Set<String> unresolved = new LinkedHashSet<>();

    private Set<InetAddress> known = Set.of();
    private boolean closed;

    TrunkAddresses(TrunkAddress settings, SipEndpoint endpoint, PeerAddresses peers, TrunkReports reports) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.peers = peers;
        this.reports = reports;
    }

    /** Reports the first state of a trunk that must answer first. */
    synchronized void start() {
        if (settings.probe() == Probe.OPTIONS) {
            reports.trunk(false, 0, NO_ANSWER_YET, System.nanoTime());
        }
    }

    /** Nothing is reported any more. */
    synchronized void close() {
        closed = true;
    }

    /** Does the same while the node goes on: its addresses stay let in for as long as a call on it may ring. */
    synchronized void leave() {
        close();
        Set<InetAddress> let = known;
        known = Set.of();
        endpoint.after(RINGING_MILLIS, () -> let.forEach(peers::remove));
    }

    /** Returns why a call has no address to go to, for people. */
    synchronized String obstacle() {
        return reason(System.nanoTime(), "no address takes calls");
    }

    /**
     * Returns an address to register at that was not tried: one that takes calls if there is, else any, as many peers
     * answer nothing else before they know us. Null where all were tried.
     */
    synchronized @Nullable Destination registrar(Set<Hop> tried) {
        long now = System.nanoTime();
        Destination any = null;
        for (Target target : order.of(targets())) {
            for (Destination each : target.destinations()) {
                AddressHealth its = health.get(each.hop());
                if (its == null || tried.contains(each.hop())) {
                    continue;
                }
                if (its.takesCalls(now)) {
                    return each;
                }
                any = any == null ? each : any;
            }
        }
        return any;
    }

    /** Whether one of its hosts has an address. */
    synchronized boolean hasAddress() {
        return !health.isEmpty();
    }

    /** Returns where a redirection to that URI leads, or null where the trunk may not name its host. */
    synchronized @Nullable Hop redirection(SipUri to) {
        String host = to.getHost() == null ? "" : to.getHost();
        int port = SipMessages.port(to);
        if (port > MOST_PORT) {
            return null;
        }
        for (Target target : targets()) {
            if (host.equalsIgnoreCase(target.host())) {
                return target.hop(target.addresses().getFirst(), port);
            }
        }
        InetAddress named = NameResolver.literal(host);
        if (named == null || !(known.contains(named) || settings.redirects().contains(named))) {
            return null;
        }
        return targets().stream()
                .findFirst()
                .map(target -> target.hop(named, port))
                .orElse(null);
    }

    /** Returns how each address is now, in the order of the configuration. */
    synchronized List<AddressStatus> statuses() {
        long now = System.nanoTime();
        List<AddressStatus> all = new ArrayList<>();
        for (Target target : targets()) {
            for (Destination each : target.destinations()) {
                AddressHealth its = health.get(each.hop());
                if (its != null) {
                    TrunkState state = its.shown(now);
                    String why = state == TrunkState.UP ? null : its.reason(now);
                    all.add(new AddressStatus(settings.id(), each.host(), each.text(), state, why));
                }
            }
        }
        return List.copyOf(all);
    }

    // ---- what a call asks for and shows

    /** Returns the best address that was not tried; null where there is none. */
    synchronized @Nullable Destination pick(Set<Hop> tried, Object call) {
        long now = System.nanoTime();
        Destination best = null;
        for (Target target : order.of(targets())) {
            for (Destination each : target.destinations()) {
                AddressHealth its = health.get(each.hop());
                if (its == null || tried.contains(each.hop()) || !its.takesCalls(now)) {
                    continue;
                }
                if (its.isPreferred(now)) {
                    its.placed(call, now);
                    return each;
                }
                best = best == null ? each : best;
            }
        }
        return best;
    }

    synchronized boolean hasOther(Set<Hop> tried) {
        long now = System.nanoTime();
        return health.entrySet().stream()
                .anyMatch(each ->
                        !tried.contains(each.getKey()) && each.getValue().takesCalls(now));
    }

    void gone(Hop at, Object call) {
        with(at, its -> its.gone(call), "");
    }

    void heard(Hop at) {
        with(at, AddressHealth::heard, "a call got a response");
    }

    void worked(Hop at) {
        with(at, AddressHealth::worked, "a call got through");
    }

    /** Its only address is stopped by silence where no OPTIONS tell more; else the others must take its calls. */
    synchronized void silent(Hop at, Object call) {
        long now = System.nanoTime();
        boolean mayStop = settings.probe() == Probe.CALLS || hasOther(Set.of(at));
        with(at, its -> its.silent(call, mayStop, now), "calls without any response");
    }

    /** Its only address is not stopped: the engine stops a trunk that fails call after call. */
    synchronized void faulty(Hop at, Object call, String what) {
        long now = System.nanoTime();
        boolean mayStop = hasOther(Set.of(at));
        with(at, its -> its.faulty(call, what, mayStop, now), what);
    }

    void overloaded(Hop at, int retryAfterSeconds) {
        block(at, retryAfterSeconds, "status 503");
    }

    /**
     * The trunk asks for a password that we do not have, or refuses the one that we have. The next calls wait a while,
     * whatever the address, because each would be refused, and carriers lock out whoever tries too often.
     */
    synchronized void unauthenticated(String reason) {
        long now = System.nanoTime();
        health.values().forEach(its -> its.block(Authenticator.REFUSED_MILLIS, reason, now));
        tell(reason);
    }

    void unavailable(Hop at, int retryAfterSeconds) {
        with(at, its -> its.rest(retryAfterSeconds * 1_000L, System.nanoTime()), "status 480");
    }

    // ---- what the watches of its hosts find

    /**
     * Takes what a host's name leads to now. All its addresses are let in; calls that still use earlier ones keep these
     * let in. What it led to before stays where it does not resolve any more. Calls go where they went as long as the
     * name still has that address, else to the first one.
     *
     * @return the addresses of the host
     */
    synchronized List<Destination> resolved(TrunkHost host, List<Target> found) {
        if (found.isEmpty()) {
            unresolved.add(host.host());
        } else {
            unresolved.remove(host.host());
            List<Target> before = targets.getOrDefault(host, List.of());
            targets.put(
                    host,
                    found.stream().map(target -> target.keepingFirstOf(before)).toList());
            letIn();
        }
        reports.unresolved(String.join(", ", unresolved));
        tell(FIRST_CALL);
        if (health.isEmpty()) {
            reports.stillDown(reason(System.nanoTime(), ""));
        }
        return targets.getOrDefault(host, List.of()).stream()
                .flatMap(target -> target.destinations().stream())
                .filter(each -> health.containsKey(each.hop()))
                .toList();
    }

    /** An OPTIONS was answered; a 503 with Retry-After says that no calls are wanted until then. */
    synchronized void optionsAnswered(Destination at, int status, int retryAfterSeconds) {
        String why = "OPTIONS answered " + status;
        AddressHealth its = health.get(at.hop());
        if (its != null) {
            its.optionsAnswered(status);
            if (status == 503) {
                block(at.hop(), retryAfterSeconds, why);
            }
            tell(why);
        }
    }

    void optionsUnanswered(Destination at) {
        with(at.hop(), AddressHealth::optionsUnanswered, "OPTIONS without an answer");
    }

    // ---- what is told

    private synchronized void block(Hop at, int retryAfterSeconds, String why) {
        if (retryAfterSeconds > 0) {
            with(at, its -> its.block(retryAfterSeconds * 1_000L, why, System.nanoTime()), why);
        }
    }

    private synchronized void with(Hop at, Consumer<AddressHealth> change, String why) {
        AddressHealth its = health.get(at);
        if (its == null || closed) {
            return;
        }
        TrunkState before = its.shown(System.nanoTime());
        change.accept(its);
        TrunkState after = its.shown(System.nanoTime());
        if (before != after || after == TrunkState.BLOCKED) {
            tell(why);
            tellAgainAfter(its, after);
        }
    }

    /** A pause and a block end by themselves. */
    private void tellAgainAfter(AddressHealth its, TrunkState state) {
        long now = System.nanoTime();
        long millis = state == TrunkState.STOPPED
                ? its.pauseMillisLeft(now)
                : state == TrunkState.BLOCKED ? its.blockMillisLeft(now) : 0;
        if (millis > 0) {
            endpoint.after(millis, () -> {
                synchronized (this) {
                    tell("tried again");
                }
            });
        }
    }

    private void tell(String why) {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        if (health.size() > 1) {
            health.forEach((at, its) -> reports.address(at, its.shown(now), its.reason(now)));
        }
        boolean up = health.values().stream().anyMatch(its -> its.isUp(now));
        reports.trunk(up, blockMillisLeft(now), up ? why : reason(now, why), now);
    }

    /** For how long all addresses that are up want no calls; 0 where one takes calls. */
    private long blockMillisLeft(long now) {
        return health.values().stream()
                .filter(its -> its.isUp(now))
                .mapToLong(its -> its.blockMillisLeft(now))
                .min()
                .orElse(0);
    }

    private String reason(long now, String unless) {
        if (health.isEmpty()) {
            return "host " + String.join(", ", unresolved) + " does not resolve";
        }
        if (health.size() == 1) {
            return health.values().iterator().next().reason(now);
        }
        return health.entrySet().stream()
                .filter(each -> !each.getValue().takesCalls(now))
                .map(each -> each.getKey().text() + ": " + each.getValue().reason(now))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("; "), all -> all.isEmpty() ? unless : "no address is up: " + all));
    }

    private List<Target> targets() {
        return settings.hosts().stream()
                .flatMap(host -> targets.getOrDefault(host, List.of()).stream())
                .toList();
    }

    /** Lets in the addresses that there are now, and no others. */
    private void letIn() {
        long now = System.nanoTime();
        Set<Hop> all = new LinkedHashSet<>();
        for (Target target : targets()) {
            target.destinations().forEach(each -> all.add(each.hop()));
        }
        Set<Hop> used = all.stream().limit(MOST_ADDRESSES).collect(Collectors.toCollection(LinkedHashSet::new));
        health.keySet().retainAll(used);
        reports.keep(used);
        boolean isUp = settings.probe() == Probe.CALLS;
        used.forEach(
                at -> health.computeIfAbsent(at, _ -> new AddressHealth(isUp, isUp ? FIRST_CALL : NO_ANSWER_YET, now)));
        Set<InetAddress> hosts = used.stream().map(Hop::address).collect(Collectors.toSet());
        hosts.stream().filter(each -> !known.contains(each)).forEach(peers::add);
        known.stream().filter(each -> !hosts.contains(each)).forEach(peers::remove);
        known = hosts;
    }
}
