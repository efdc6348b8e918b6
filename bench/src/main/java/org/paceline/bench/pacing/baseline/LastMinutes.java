package org.paceline.bench.pacing.baseline;

import java.util.ArrayDeque;

/** Two counts that only grow, and their growth in the last minutes. Thread: one at a time. */
final class LastMinutes {
    private final long nanos;
    private final ArrayDeque<Seen> seen = new ArrayDeque<>();

    private record Seen(long nanos, long all, long some) {}

    LastMinutes(int minutes) {
        nanos = minutes * 60_000_000_000L;
    }

    void see(long nowNanos, long all, long some) {
        seen.addLast(new Seen(nowNanos, all, some));
        while (seen.size() > 2 && nowNanos - seen.getFirst().nanos > nanos) {
            seen.removeFirst();
        }
    }

    /** Returns the growth of the first count. */
    long all() {
        return seen.isEmpty() ? 0 : seen.getLast().all - seen.getFirst().all;
    }

    /** Returns the growth of the second count divided by that of the first; 0 where the first did not grow. */
    double ratio() {
        return all() == 0 ? 0 : (double) (seen.getLast().some - seen.getFirst().some) / all();
    }
}
