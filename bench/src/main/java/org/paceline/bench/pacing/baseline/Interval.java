package org.paceline.bench.pacing.baseline;

/**
 * Something done at a regular interval, by the clock of whoever asks. It is due at once; where it is asked late, it is
 * due once and not twice.
 */
final class Interval {
    private final long everyNanos;
    private long lastNanos = Long.MIN_VALUE;

    Interval(double everySeconds) {
        everyNanos = (long) (everySeconds * 1e9);
    }

    /** Whether it is due; asking late keeps the rhythm. */
    boolean isDue(long nowNanos) {
        if (lastNanos == Long.MIN_VALUE) {
            lastNanos = nowNanos;
            return true;
        }
        long passed = nowNanos - lastNanos;
        if (passed < everyNanos) {
            return false;
        }
        lastNanos += passed / everyNanos * everyNanos;
        return true;
    }
}
