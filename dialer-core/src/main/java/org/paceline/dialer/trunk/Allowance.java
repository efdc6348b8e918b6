package org.paceline.dialer.trunk;

/**
 * How many calls a rate allows: it fills with time, and an idle one saves up a few.
 *
 * <p>Thread: engine only.
 */
final class Allowance {
    /** It saves up calls for so long, at most. */
    private static final double BURST_SECONDS = 0.02;

    private double calls = 1;
    private long filledAtNanos;

    Allowance(long nowNanos) {
        filledAtNanos = nowNanos;
    }

    /** Calls allowed now, fractions included. */
    double at(long nowNanos, double callsPerSecond) {
        double most = Math.max(1, callsPerSecond * BURST_SECONDS);
        calls = Math.min(most, calls + (nowNanos - filledAtNanos) * 1e-9 * callsPerSecond);
        filledAtNanos = nowNanos;
        return calls;
    }

    /** One is made. */
    void take() {
        calls -= 1;
    }
}
