package org.paceline.sip.trunk;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.trunk.RegistrationStatus;

/**
 * Holds a trunk down while its peer does not know us, because it would refuse our calls. Passes on what the trunk's
 * probe reports otherwise.
 *
 * <p>Thread: any.
 */
final class RegistrationGate implements Consumer<Event> {
    private final Consumer<Event> events;
    private @Nullable TrunkChanged probed;
    private long blockedUntilNanos = System.nanoTime();
    private boolean registered;
    private String reason = "not registered yet";

    RegistrationGate(Consumer<Event> events) {
        this.events = events;
    }

    @Override
    public synchronized void accept(Event event) {
        if (event instanceof TrunkChanged changed) {
            probed = changed;
            blockedUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(changed.blockedMillis());
            pass(changed);
        } else {
            events.accept(event);
        }
    }

    synchronized void registration(RegistrationStatus status) {
        registered = status.registered();
        reason = "not registered: " + status.reason();
        if (probed != null) {
            long left = Math.max(0, TimeUnit.NANOSECONDS.toMillis(blockedUntilNanos - System.nanoTime()));
            pass(new TrunkChanged(
                    probed.trunk(), probed.up(), left, registered && probed.up() ? "registered" : probed.reason()));
        }
    }

    private void pass(TrunkChanged changed) {
        events.accept(registered ? changed : new TrunkChanged(changed.trunk(), false, changed.blockedMillis(), reason));
    }
}
