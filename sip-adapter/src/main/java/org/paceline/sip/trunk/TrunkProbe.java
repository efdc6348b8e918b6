package org.paceline.sip.trunk;

import gov.nist.javax.sip.address.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.TrunkTraffic;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.dns.Resolution;
import org.paceline.sip.dns.SipNames;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.trunk.TrunkAddress.Probe;

/**
 * One trunk: its addresses, and their health as OPTIONS or calls show it. It is up while one address is. It reports when
 * it goes down or comes up, and when all that are up ask to be left alone for a while (503, Retry-After).
 *
 * <p>Thread: any.
 */
public final class TrunkProbe {

    private final TrunkAddress settings;
    private final TrunkAddresses addresses;
    private final @Nullable OptionsProbe options;
    private final List<NameWatch> watches = new ArrayList<>();
    private final Authenticator authenticator;
    private final AtomicReference<Runnable> atFirstResolution = new AtomicReference<>(() -> {});
    private final TrunkCounts counts = new TrunkCounts();
    private volatile boolean rings;

    /** @param events takes the trunk's changes */
    public TrunkProbe(
            TrunkAddress settings, SipCalls calls, PeerAddresses peers, SipNames names, Consumer<Event> events) {
        this.settings = settings;
        TrunkAccount account = settings.account();
        authenticator = account == null ? Authenticator.NONE : new Authenticator(account.credentials());
        addresses = new TrunkAddresses(settings, calls.endpoint(), peers, new TrunkReports(settings.id(), events));
        options =
                settings.probe() == Probe.OPTIONS ? new OptionsProbe(settings, addresses, calls, authenticator) : null;
        for (TrunkHost host : settings.hosts()) {
            watches.add(new NameWatch(
                    host.host(),
                    host.port(),
                    host.link().transport(),
                    names,
                    calls.endpoint(),
                    found -> resolved(host, found)));
        }
        for (String name : settings.match().names()) {
            // The port is of no meaning: given, so that only addresses are asked for.
            watches.add(new NameWatch(
                    name,
                    Transport.UDP.defaultPort(),
                    Transport.UDP,
                    names,
                    calls.endpoint(),
                    found -> addresses.matched(name, found)));
        }
    }

    /** Returns the extensions of SIP that calls over the trunk offer and require. */
    public SipExtensions extensions() {
        return settings.extensions();
    }

    /** Returns how the trunk wants numbers and identities written. */
    public TrunkIdentity identity() {
        return settings.identity();
    }

    /** Counts what becomes of its INVITEs. */
    public TrunkCounts counts() {
        return counts;
    }

    /** Returns what became of its INVITEs. */
    public TrunkTraffic traffic() {
        return counts.of(settings.id());
    }

    /** Answers the trunk's challenges. */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** Returns an address to register at that is not among those tried, or null where there is none. */
    @Nullable
    Destination registrar(Set<Hop> tried) {
        return addresses.registrar(tried);
    }

    /** Returns the way of one call over this trunk. */
    public TrunkRoute route() {
        return new TrunkRoute(addresses);
    }

    /** Whether one of its hosts has an address. */
    public boolean hasAddress() {
        return !addresses.health().isEmpty();
    }

    /** Returns why a call has no address to go to, for people. */
    public String obstacle() {
        return addresses.health().obstacle();
    }

    /** Returns how long a call waits for the first response before it goes to the next address. */
    public long failoverMillis() {
        return settings.failoverMillis();
    }

    /** Returns where a redirection to that URI leads, or null where the trunk may not name its host. */
    public @Nullable Hop redirection(SipUri to) {
        return addresses.redirection(to);
    }

    /** Returns how each address is now, in the order of the configuration. */
    public List<AddressStatus> addresses() {
        return addresses.statuses();
    }

    /**
     * Resolves the names, reports the first state and begins to probe.
     *
     * @param resolved runs once that was tried for one of the names
     */
    public void start(Runnable resolved) {
        atFirstResolution.set(resolved);
        addresses.start();
        watches.forEach(NameWatch::start);
        if (options != null) {
            options.start();
        }
    }

    public void close() {
        stopWatching();
        addresses.close();
    }

    private void stopWatching() {
        watches.forEach(NameWatch::close);
        if (options != null) {
            options.close();
        }
    }

    private void resolved(TrunkHost host, Resolution found) {
        List<Destination> destinations = addresses.resolved(host, found);
        if (options != null) {
            options.found(destinations);
        }
        atFirstResolution.getAndSet(() -> {}).run();
    }

    /** Ends it while the node, and calls that are on it, go on. */
    void leave() {
        stopWatching();
        addresses.leave();
    }

    /** The trunk says that a phone rings. */
    public void callRings() {
        rings = true;
    }

    /**
     * Whether the trunk has ever said that a phone rings; some trunks never do, and their calls are fine without it.
     */
    public boolean tellsRinging() {
        return rings;
    }
}
