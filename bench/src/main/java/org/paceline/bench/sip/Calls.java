package org.paceline.bench.sip;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.paceline.bench.measure.LatencyTrack;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.Telephony;

/**
 * A series of calls with consecutive ids. It hangs each answered call up after the hold, and counts how calls end.
 *
 * <p>Thread: any.
 */
final class Calls implements EventSink {
    private final long firstId;
    private final long holdMillis;
    private final ScheduledExecutorService clock;
    private final LatencyTrack setup = new LatencyTrack();
    private final AtomicLongArray plannedNanos;
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong ringing = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong brokenOff = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong answeredLate = new AtomicLong();
    private final Map<Outcome, AtomicLong> failures = new EnumMap<>(Outcome.class);
    private final Telephony telephony;

    Calls(long firstId, int count, long holdMillis, ScheduledExecutorService clock, Telephony telephony) {
        this.telephony = telephony;
        this.firstId = firstId;
        this.holdMillis = holdMillis;
        this.clock = clock;
        this.plannedNanos = new AtomicLongArray(count);
        for (Outcome outcome : Outcome.values()) {
            failures.put(outcome, new AtomicLong());
        }
    }

    /** Begins call {@code index}, which was planned for that time. */
    CallId begin(int index, long plannedAtNanos) {
        plannedNanos.set(index, plannedAtNanos);
        attempts.incrementAndGet();
        return new CallId(firstId + index);
    }

    @Override
    public void publish(Event event) {
        offer(event);
    }

    @Override
    public boolean offer(Event event) {
        switch (event) {
            case Event.CallRinging(CallId call, boolean _) when isOurs(call) -> ringing.incrementAndGet();
            case Event.CallAnswered(CallId call) when isOurs(call) -> answered(call);
            case Event.CallFailed failed when isOurs(failed.call()) -> failed(failed);
            case Event.CallHungUp hungUp when isOurs(hungUp.call()) -> hungUp(hungUp.by());
            default -> {} // trunks and recorders
        }
        return true;
    }

    private boolean isOurs(CallId call) {
        return call.value() >= firstId && call.value() < firstId + plannedNanos.length();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // hangUp returns at once and does not fail
    private void answered(CallId call) {
        long now = System.nanoTime();
        answered.incrementAndGet();
        setup.record(now - plannedNanos.get((int) (call.value() - firstId)));
        clock.schedule(() -> telephony.hangUp(call, HangUpCause.AGENT_HUNG_UP), holdMillis, TimeUnit.MILLISECONDS);
    }

    private void failed(Event.CallFailed failed) {
        AtomicLong count = failures.get(failed.outcome());
        if (count != null) {
            count.incrementAndGet();
        }
        if (failed.pickedUp()) {
            answeredLate.incrementAndGet();
        }
        ended.incrementAndGet();
    }

    private void hungUp(HungUpBy by) {
        if (by != HungUpBy.US) {
            brokenOff.incrementAndGet();
        }
        ended.incrementAndGet();
    }

    long attempts() {
        return attempts.get();
    }

    long ringing() {
        return ringing.get();
    }

    long answered() {
        return answered.get();
    }

    /** Answered calls that ended otherwise than by our hanging up. */
    long brokenOff() {
        return brokenOff.get();
    }

    long ended() {
        return ended.get();
    }

    long answeredLate() {
        return answeredLate.get();
    }

    /** Calls that were not answered. */
    long failed() {
        return failures.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Calls that were not answered, by outcome; only outcomes that occurred. */
    Map<Outcome, Long> failures() {
        Map<Outcome, Long> some = new EnumMap<>(Outcome.class);
        failures.forEach((outcome, count) -> {
            if (count.get() > 0) {
                some.put(outcome, count.get());
            }
        });
        return some;
    }

    /** From the planned time of an attempt to the answer being known. */
    LatencyTrack setup() {
        return setup;
    }
}
