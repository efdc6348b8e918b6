package org.paceline.bench.measure;

import java.util.concurrent.TimeUnit;

/**
 * An open loop: the times when the events of a run are due, whatever became of those before. Measured from these times,
 * a stall shows in every event that it delayed (no coordinated omission).
 *
 * @param startNanos the first event's time, monotonic
 * @param perSecond events a second
 */
public record Pace(long startNanos, double perSecond) {
    private static final long SPIN_NANOS = 100_000;

    /** The planned time of an event, the first being 0; monotonic nanoseconds. */
    public long plannedNanos(long event) {
        return startNanos + (long) (event * (1e9 / perSecond));
    }

    /**
     * Spins until then, on a core of its own: a sleeping thread wakes 50 µs late.
     *
     * @return the longest time between two looks at the clock, nanoseconds, which is what the machine took away
     */
    public static long spinUntil(long nanos) {
        long last = System.nanoTime();
        long longest = 0;
        while (last - nanos < 0) {
            Thread.onSpinWait();
            long now = System.nanoTime();
            longest = Math.max(longest, now - last);
            last = now;
        }
        return longest;
    }

    /** Sleeps until then, and wakes some 50 µs late; takes next to no CPU time. */
    public static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
            left = nanos - System.nanoTime();
        }
    }

    /** Sleeps most of the time until then and spins the rest. */
    public static void waitUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        while (left > 2 * SPIN_NANOS) {
            TimeUnit.NANOSECONDS.sleep(left - SPIN_NANOS);
            left = nanos - System.nanoTime();
        }
        spinUntil(nanos);
    }
}
