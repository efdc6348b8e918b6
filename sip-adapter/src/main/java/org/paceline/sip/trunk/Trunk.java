package org.paceline.sip.trunk;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.stack.PeerAddresses;

/**
 * One trunk: its health, and its registration if it has one.
 *
 * <p>Thread: any.
 */
public final class Trunk implements AutoCloseable {
    private final TrunkProbe probe;
    private final @Nullable TrunkRegistration registration;

    private Trunk(TrunkProbe probe, @Nullable TrunkRegistration registration) {
        this.probe = probe;
        this.registration = registration;
    }

    /** @param events takes the trunk's changes */
    public static Trunk of(TrunkAddress address, SipCalls calls, PeerAddresses peers, Consumer<Event> events) {
        TrunkAccount account = address.account();
        TrunkAccount.Registration wanted = account == null ? null : account.registration();
        if (account == null || wanted == null) {
            return new Trunk(new TrunkProbe(address, calls, peers, events), null);
        }
        RegistrationGate gate = new RegistrationGate(events);
        TrunkProbe probe = new TrunkProbe(address, calls, peers, gate);
        return new Trunk(
                probe,
                new TrunkRegistration(
                        address.id(),
                        calls.registering(account.credentials().user(), wanted.domain(), probe.authenticator()),
                        wanted.expiresSeconds(),
                        calls.endpoint(),
                        probe::registrar,
                        gate::registration));
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

    @Override
    public void close() {
        probe.close();
        if (registration != null) {
            registration.close();
        }
    }
}
