package org.paceline.bench.pacing.world;

import org.paceline.dialer.simulation.VirtualWorld;

/** Tells the second of the lab's day, on which the lists and the public's odds depend. Thread: the world's. */
final class DayClock {
    private final VirtualWorld world;
    private long startNanos;

    DayClock(VirtualWorld world) {
        this.world = world;
    }

    /** A day begins at that time. */
    void begin(long nanos) {
        startNanos = nanos;
    }

    long startNanos() {
        return startNanos;
    }

    double second() {
        return (world.nanos() - startNanos) / 1e9;
    }

    /** Returns the time of that second of this day, nanoseconds of the world. */
    long nanosAt(double second) {
        return startNanos + (long) (second * 1e9);
    }
}
