package org.paceline.sip.trunk;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dns.SipNames;
import org.paceline.sip.stack.PeerAddresses;

/**
 * One trunk: its health, and its registration if it has one.
 *
 * <p>Thread: any.
 */
public final class Trunk implements AutoCloseable {
    private final TrunkAddress settings;
    private final TrunkProbe probe;
    private final @Nullable TrunkRegistration registration;

    private Trunk(TrunkAddress settings, TrunkProbe probe, @Nullable TrunkRegistration registration) {
        this.settings = settings;
        this.probe = probe;
        this.registration = registration;
    }

    /** @param events takes the trunk's changes */
    public static Trunk of(
            TrunkAddress address, SipCalls calls, PeerAddresses peers, SipNames names, Consumer<Event> events) {
        TrunkAccount account = address.account();
        TrunkAccount.Registration wanted = account == null ? null : account.registration();
        if (account == null || wanted == null) {
            return new Trunk(address, new TrunkProbe(address, calls, peers, names, events), null);
        }
        RegistrationGate gate = new RegistrationGate(events);
        TrunkProbe probe = new TrunkProbe(address, calls, peers, names, gate);
        return new Trunk(
                address,
                probe,
                new TrunkRegistration(
                        address.id(),
                        calls.registering(account.credentials().user(), wanted.domain(), probe.authenticator()),
                        wanted.expiresSeconds(),
                        calls.endpoint(),
                        probe::registrar,
                        gate::registration));
    }

    public TrunkAddress settings() {
        return settings;
    }

    public TrunkProbe probe() {
        return probe;
    }

    /** Returns how the registration stands, or null for a trunk without one. */
    public @Nullable RegistrationStatus registration() {
        return registration == null ? null : registration.status();
    }

    /** Begins to probe, and to register once the trunk's name is resolved. */
    public void start() {
        probe.start(registration == null ? () -> {} : registration::register);
    }

    /**
     * Ends it while the node goes on. Calls that are on it go on, and so does a registration that another trunk holds.
     *
     * @param next what has its name from now on, or null
     */
    public void replacedBy(@Nullable Trunk next) {
        probe.leave();
        if (registration != null && (next == null || !settings.registersAs(next.settings))) {
            registration.close();
        } else if (registration != null) {
            registration.leave();
        }
    }

    @Override
    public void close() {
        probe.close();
        if (registration != null) {
            registration.close();
        }
    }
}
