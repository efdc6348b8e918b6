package org.paceline.dialer.trunk;

/**
 * The calls that a rate allows: the allowance fills with time, and saves up a few calls while it is idle.
 *
 * <p>Thread: engine only.
 */
final class Allowance {
    /** For how long an allowance saves up calls, at most. */
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

    /** Takes one call off the allowance. */
    void take() {
        calls -= 1;
    }
}
