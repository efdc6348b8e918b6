package org.paceline.bench.pacing.oracle;

import java.util.Arrays;

/** Makes the chances of certain events. */
public final class Steps {
    private static final long SECOND = 1_000_000_000L;

    private Steps() {}

    /**
     * Fills in 0 until the event happens, and 1 from then on.
     *
     * @param inNanos time from now; an event that should have happened by now is not known yet, and never happens
     * @param within takes the chances for 1, 2, ... seconds
     */
    public static void certain(long inNanos, double[] within) {
        Arrays.fill(within, 0);
        if (inNanos > 0 && inNanos <= within.length * SECOND) {
            Arrays.fill(within, (int) ((inNanos - 1) / SECOND), within.length, 1);
        }
    }
}
