package org.paceline.dialer.engine;

import org.agrona.collections.LongArrayQueue;

/**
 * How fast the journal records, and so how many attempts may wait for it: what waits longer than a second is planned for a floor
 * that has changed by then.
 *
 * <p>Thread: engine only.
 */
final class JournalPace {
    /** The journal records so many in the time of one. */
    private static final int BATCH = 64;

    /** How long an attempt may wait to be recorded. */
    private static final long MOST_WAIT_NANOS = 1_000_000_000L;

    /** The share of the newest batch in the mean. */
    private static final double WEIGHT = 0.3;

    /** Monotonic time is never so far back. */
    private static final long NONE = Long.MIN_VALUE;

    private final int most;
    private final LongArrayQueue waitingSinceNanos = new LongArrayQueue(NONE);
    private double meanNanos;
    private boolean known;

    /** @param most attempts that may wait for it, however fast it is */
    JournalPace(int most) {
        this.most = most;
    }

    void planned(long nowNanos) {
        waitingSinceNanos.offerLong(nowNanos);
    }

    /** It answered for so many, in the order in which they were planned. */
    void recorded(int attempts) {
        for (int left = attempts; left > 0; left--) {
            waitingSinceNanos.pollLong();
        }
    }

    /** It took so long for a batch. */
    void took(long nanos) {
        meanNanos = known ? meanNanos + WEIGHT * (nanos - meanNanos) : nanos;
        known = true;
    }

    /** Attempts that it has not answered for. */
    int waiting() {
        return waitingSinceNanos.size();
    }

    /** How long it takes for a batch; at least half of the longest wait until now, as that may have begun behind another. */
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

    /** Why there is no room, one line for people. */
    String limit(long nowNanos) {
        return "journal slow: " + batchNanos(nowNanos) / 1_000_000 + " ms to record, " + waiting()
                + " attempts wait for it";
    }
}
