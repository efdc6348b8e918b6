package org.paceline.sip.stack;

/** A bucket that is full at first. Thread: any. Time is a parameter, monotonic. */
final class TokenBucket {
    private final long nanosPerToken;
    private final long roomNanos;
    private boolean used;
    /** The time when the bucket is full again. */
    private long fullNanos;

    /** @param burst how many tokens it holds */
    TokenBucket(int perSecond, int burst) {
        nanosPerToken = 1_000_000_000L / perSecond;
        roomNanos = (burst - 1) * nanosPerToken;
    }

    synchronized boolean take(long nowNanos) {
        if (!used || fullNanos - nowNanos < 0) {
            used = true;
            fullNanos = nowNanos;
        }
        if (fullNanos - nowNanos > roomNanos) {
            return false;
        }
        fullNanos += nanosPerToken;
        return true;
    }
}
