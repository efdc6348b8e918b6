package org.paceline.dialer.pacing;

import java.util.ArrayDeque;

/**
 * Answered and abandoned calls of a campaign within a rolling window, in slices of a window's {@value #SLICES}th part:
 * what it tells covers the window and up to one slice more.
 *
 * <p>Thread: engine only.
 */
public final class AbandonmentLedger {
    private static final int SLICES = 1440;

    private static final class Slice {
        private final long number;
        private long answered;
        private long abandoned;

        private Slice(long number) {
            this.number = number;
        }
    }

    private final long sliceMillis;
    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    private long answered;
    private long abandoned;

    /** @param windowMillis length of the window, at least one minute */
    public AbandonmentLedger(long windowMillis) {
        if (windowMillis < 60_000) {
            throw new IllegalArgumentException("windowMillis=" + windowMillis + ": must be at least 60000");
        }
        this.sliceMillis = Math.ceilDiv(windowMillis, SLICES);
    }

    /** A person answered. */
    public void answered(long atEpochMillis) {
        slice(atEpochMillis).answered++;
        answered++;
    }

    /** An answered call, already counted as such, was abandoned. */
    public void abandoned(long atEpochMillis) {
        slice(atEpochMillis).abandoned++;
        abandoned++;
    }

    /** Forgets what has left the window. */
    public void advance(long nowEpochMillis) {
        long oldest = nowEpochMillis / sliceMillis - SLICES;
        while (!slices.isEmpty() && slices.getFirst().number < oldest) {
            Slice gone = slices.removeFirst();
            answered -= gone.answered;
            abandoned -= gone.abandoned;
        }
    }

    public long answered() {
        return answered;
    }

    public long abandoned() {
        return abandoned;
    }

    /** Share of the window's answered calls that were abandoned, 0–1; 0 without answers. */
    public double abandonedRatio() {
        return answered == 0 ? 0 : (double) abandoned / answered;
    }

    private Slice slice(long atEpochMillis) {
        advance(atEpochMillis);
        long number = atEpochMillis / sliceMillis;
        Slice last = slices.peekLast();
        if (last == null || last.number < number) {
            last = new Slice(number);
            slices.addLast(last);
        }
        return last; // a clock that stepped back counts in the newest slice, which keeps it longer
    }
}
