package org.paceline.sip.trunk;

import gov.nist.javax.sip.address.SipUri;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.dns.Resolution;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipEndpoint;

/**
 * The addresses of one trunk: which there are, and which one a call gets.
 *
 * <p>Thread: any.
 */
final class TrunkAddresses {

    private static final int MOST_PORT = 65_535;
    /** How many addresses a trunk has at most; a name with more is cut. */
    private static final int MOST_ADDRESSES = 32;

    /** Longer than any call rings (RFC 3261 §16.6, timer C); an answered one lets its peer in itself. */
    private static final long RINGING_MILLIS = 200_000;

    private final TrunkAddress settings;
    private final SipEndpoint endpoint;
    private final TrunkReports reports;
    private final TrunkTargets targets;
    private final LetIn letIn;
    private final TrunkHealth health;

    TrunkAddresses(TrunkAddress settings, SipEndpoint endpoint, PeerAddresses peers, TrunkReports reports) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.reports = reports;
        this.targets = new TrunkTargets(settings.hosts(), new TargetOrder(new SplittableRandom()));
        this.letIn = new LetIn(peers, settings.match().ranges());
        this.health = new TrunkHealth(settings, endpoint, reports);
    }

    /** Returns how they fare. */
    TrunkHealth health() {
        return health;
    }

    /** Lets in the addresses that need no look-up, and reports the first state. */
    synchronized void start() {
        letIn.open();
        health.start();
    }

    /** Reports nothing any more. */
    void close() {
        health.close();
    }

    /** Ends while the node goes on: its addresses stay let in for as long as a call on it may ring. */
    synchronized void leave() {
        close();
        endpoint.after(RINGING_MILLIS, this::letNobodyIn);
    }

    private synchronized void letNobodyIn() {
        letIn.close();
    }

    /** Takes what a name leads to that the trunk matches besides its hosts, and lets its addresses in. */
    synchronized void matched(String name, Resolution found) {
        letIn.named(name, found);
        reports.matchFailed(name, String.join(", ", found.failures()));
    }

    /**
     * Takes what a host's name leads to now, and lets all its addresses in.
     *
     * @return the addresses of the host
     */
    synchronized List<Destination> resolved(TrunkHost host, Resolution found) {
        targets.take(host, found);
        Set<Hop> used = targets.all().stream()
                .flatMap(target -> target.destinations().stream())
                .map(Destination::hop)
                .distinct()
                .limit(MOST_ADDRESSES)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        letIn.hosts(used.stream().map(Hop::address).collect(Collectors.toSet()));
        if (NameResolver.literal(host.host()) == null) {
            reports.leadsTo(host.host(), text(targets.of(host)), found.ttlMillis());
        }
        health.use(used, targets.unresolved());
        return used(targets.of(host));
    }

    /** Returns all, in the order of the configuration. */
    synchronized List<Destination> destinations() {
        return used(targets.all());
    }

    /** Returns how each is now, in the order of the configuration. */
    List<AddressStatus> statuses() {
        return destinations().stream()
                .map(health::status)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the best address that was not tried; null where there is none. */
    synchronized @Nullable Destination pick(Set<Hop> tried, Object call) {
        Destination best = null;
        for (Target target : targets.inTurn()) {
            for (Destination each : target.destinations()) {
                if (tried.contains(each.hop()) || !health.takesCalls(each.hop())) {
                    continue;
                }
                if (health.places(each.hop(), call)) {
                    return each;
                }
                best = best == null ? each : best;
            }
        }
        return best;
    }

    /**
     * Returns an address to register at that was not tried: one that takes calls if there is, else any, as many peers
     * answer nothing else before they know us. Null where all were tried.
     */
    synchronized @Nullable Destination registrar(Set<Hop> tried) {
        Destination any = null;
        for (Target target : targets.inTurn()) {
            for (Destination each : target.destinations()) {
                if (tried.contains(each.hop()) || !health.knows(each.hop())) {
                    continue;
                }
                if (health.takesCalls(each.hop())) {
                    return each;
                }
                any = any == null ? each : any;
            }
        }
        return any;
    }

    /** Returns where a redirection to that URI leads, or null where the trunk may not name its host. */
    synchronized @Nullable Hop redirection(SipUri to) {
        String host = to.getHost() == null ? "" : to.getHost();
        int port = SipMessages.port(to);
        if (port > MOST_PORT) {
            return null;
        }
        Target target = targets.named(host);
        if (target != null) {
            boolean isPortOfItsRecords =
                    to.getPort() <= 0 && host.equalsIgnoreCase(target.of().host());
            return target.hop(target.addresses().getFirst(), isPortOfItsRecords ? target.port() : port);
        }
        InetAddress named = NameResolver.literal(host);
        List<Target> all = targets.all();
        if (named == null || all.isEmpty()) {
            return null;
        }
        boolean isAllowed = letIn.isHost(named) || settings.redirects().contains(named);
        return isAllowed ? all.getFirst().hop(named, port) : null;
    }

    private List<Destination> used(List<Target> among) {
        return among.stream()
                .flatMap(target -> target.destinations().stream())
                .filter(each -> health.knows(each.hop()))
                .toList();
    }

    private static String text(List<Target> targets) {
        return targets.stream()
                .flatMap(target -> target.destinations().stream())
                .map(Destination::text)
                .collect(Collectors.joining(", "));
    }
}
