package org.paceline.bench.pacing.world;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.AbandonmentBooks;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.pacing.Situation;

/**
 * Measures how long another pacer takes for a decision, wall time. A pacer that tells its state is asked far more often
 * than it decides: for such a pacer, only the calls count after which it tells a new state. For others every call
 * counts.
 */
final class TimedPacer implements Pacer {
    private final Pacer pacer;
    private final Histogram nanos;

    /** @param nanos takes one value a decision */
    TimedPacer(Pacer pacer, Histogram nanos) {
        this.pacer = pacer;
        this.nanos = nanos;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a new decision is a new object, even if it says the same
    public int callsToPlace(Situation situation) {
        PacingState before = pacer.state();
        long start = System.nanoTime();
        int calls = pacer.callsToPlace(situation);
        long took = System.nanoTime() - start;
        PacingState after = pacer.state();
        if (after == null || after != before) {
            nanos.recordValue(Math.clamp(took, 0, nanos.getHighestTrackableValue()));
        }
        return calls;
    }

    @Override
    public boolean isHeldBack() {
        return pacer.isHeldBack();
    }

    @Override
    public List<CallId> callsToGiveUp(Situation situation) {
        return pacer.callsToGiveUp(situation);
    }

    @Override
    public boolean stillWants(Situation situation) {
        return pacer.stillWants(situation);
    }

    @Override
    public void answered(AbandonmentBooks after) {
        pacer.answered(after);
    }

    @Override
    public double price() {
        return pacer.price();
    }

    @Override
    public @Nullable PacingState state() {
        return pacer.state();
    }
}
