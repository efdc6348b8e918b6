package org.paceline.sip.trunk;

import gov.nist.javax.sip.address.SipUri;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.PeerAddresses;

/**
 * One trunk: its addresses, and their health as OPTIONS or calls show it. It is up while one address is. It reports when
 * it goes down or comes up, and when all that are up ask to be left alone for a while (503, Retry-After).
 *
 * <p>Thread: any.
 */
public final class TrunkProbe {

    private final TrunkAddress settings;
    private final TrunkAddresses addresses;
    private final List<HostWatch> watches;
    private final Authenticator authenticator;
    private volatile boolean rings;

    public TrunkProbe(TrunkAddress settings, SipCalls calls, PeerAddresses peers, Consumer<Event> events) {
        this.settings = settings;
        TrunkAccount account = settings.account();
        authenticator = account == null ? Authenticator.NONE : new Authenticator(account.credentials());
        addresses = new TrunkAddresses(settings, calls.endpoint(), peers, new TrunkReports(settings.id(), events));
        HostResolver resolver = new HostResolver(calls.endpoint().host());
        watches = settings.hosts().stream()
                .map(host -> new HostWatch(host, settings, addresses, calls, authenticator, resolver))
                .toList();
    }

    /** Returns the extensions of SIP that calls over the trunk offer and require. */
    public SipExtensions extensions() {
        return settings.extensions();
    }

    /** Returns how the trunk wants numbers and identities written. */
    public TrunkIdentity identity() {
        return settings.identity();
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
        return addresses.hasAddress();
    }

    /** Returns why a call has no address to go to, for people. */
    public String obstacle() {
        return addresses.obstacle();
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
        AtomicBoolean isTold = new AtomicBoolean();
        addresses.start();
        watches.forEach(watch -> watch.start(() -> {
            if (isTold.compareAndSet(false, true)) {
                resolved.run();
            }
        }));
    }

    public void close() {
        addresses.close();
        watches.forEach(HostWatch::close);
    }

    /** Ends it while the node, and calls that are on it, go on. */
    void leave() {
        addresses.leave();
        watches.forEach(HostWatch::close);
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
