package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.forecast.CallForecast;

/** The time until an answer, for calls that are answered. */
final class RingTime {
    private static final double STEP_SECONDS = 0.5;
    private static final int LONGEST_SECONDS = 60;

    private RingTime() {}

    /** Returns the mean time from a call's placement to its answer, by what was learnt so far, seconds. */
    static double meanSeconds(CallForecast calls) {
        double mean = 0;
        for (double s = STEP_SECONDS / 2; s < LONGEST_SECONDS; s += STEP_SECONDS) {
            mean += (1 - calls.ringLaw(null, s)) * STEP_SECONDS;
        }
        return mean;
    }
}
