package org.paceline.dialer.engine;

import org.agrona.collections.LongArrayQueue;

/**
 * How fast the journal stores, and so how many attempts may wait for it: an attempt that waits longer than a second
 * was planned for a floor that has changed by then.
 *
 * <p>Thread: engine only.
 */
final class JournalPace {
    /** How many attempts the journal stores in the time that it needs for one. */
    private static final int BATCH = 64;

    /** How long an attempt may wait to be stored. */
    private static final long MOST_WAIT_NANOS = 1_000_000_000L;

    /** The weight of the newest batch in the mean. */
    private static final double WEIGHT = 0.3;

    /** Stands for no time: monotonic time is never so far back. */
    private static final long NONE = Long.MIN_VALUE;

    private final int most;
    private final LongArrayQueue waitingSinceNanos = new LongArrayQueue(NONE);
    private double meanNanos;
    private boolean known;

    /** @param most how many attempts may wait for the journal, however fast it is */
    JournalPace(int most) {
        this.most = most;
    }

    void planned(long nowNanos) {
        waitingSinceNanos.offerLong(nowNanos);
    }

    /** Takes note that the journal answered for so many attempts, in the order in which they were planned. */
    void journaled(int attempts) {
        for (int left = attempts; left > 0; left--) {
            waitingSinceNanos.pollLong();
        }
    }

    /** Takes note of how long a batch took. */
    void took(long nanos) {
        meanNanos = known ? meanNanos + WEIGHT * (nanos - meanNanos) : nanos;
        known = true;
    }

    /** How many attempts the journal has not answered for. */
    int waiting() {
        return waitingSinceNanos.size();
    }

    /**
     * Returns how long the journal takes for a batch: at least half of the longest wait so far, because the waiting
     * attempt may have begun behind another batch.
     */
    long batchNanos(long nowNanos) {
        long since = waitingSinceNanos.peekLong();
        long longest = since == NONE ? 0 : nowNanos - since;
        return Math.max((long) meanNanos, longest / 2);
    }

    /** How many more attempts may be planned now. */
    int room(long nowNanos) {
        double batches = (double) MOST_WAIT_NANOS / Math.max(1, batchNanos(nowNanos));
        return Math.max(0, Math.clamp((long) (BATCH * batches), 1, most) - waiting());
    }

    /** Returns why there is no room, one line for people. */
    String limit(long nowNanos) {
        return "journal slow: " + batchNanos(nowNanos) / 1_000_000 + " ms to store, " + waiting()
                + " attempts wait for it";
    }
}
