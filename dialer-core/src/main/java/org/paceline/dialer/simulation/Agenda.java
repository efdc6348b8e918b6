package org.paceline.dialer.simulation;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The things that will happen, ordered by time; two at the same time happen in the order in which they were put on.
 * Thread: the world's.
 */
final class Agenda {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long ties;

    /**
     * Something that will happen.
     *
     * @param tie how many were put on the agenda before it
     * @param run the world's run that it belongs to, or {@link VirtualWorld#EVERY_RUN}
     */
    record Due(long nanos, long tie, int run, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime == 0 ? Long.compare(tie, other.tie) : byTime;
        }
    }

    void put(long nanos, int run, Runnable action) {
        queue.add(new Due(nanos, ties++, run, action));
    }

    /** Takes off the next thing that is due by that time; null where there is none. */
    @Nullable
    Due take(long untilNanos) {
        Due next = queue.peek();
        return next == null || next.nanos > untilNanos ? null : queue.poll();
    }
}
