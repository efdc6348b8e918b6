package org.paceline.bench.floor;

import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.event.Event;

/** What will happen when; of two things at one time the one that was put down first. Thread: one at a time. */
public final class Agenda {
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long ties;

    private record Due(long nanos, long tie, Supplier<Event> event) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime == 0 ? Long.compare(tie, other.tie) : byTime;
        }
    }

    public void put(long nanos, Event event) {
        put(nanos, () -> event);
    }

    /** @param event made when its time has come */
    public void put(long nanos, Supplier<Event> event) {
        due.add(new Due(nanos, ties++, event));
    }

    /** The next event that is due by then, or null. */
    public @Nullable Event take(long nowNanos) {
        Due next = due.peek();
        if (next == null || next.nanos > nowNanos) {
            return null;
        }
        due.poll();
        return next.event.get();
    }

    /** When the next event is due, or {@link Long#MAX_VALUE}. */
    public long nextNanos() {
        Due next = due.peek();
        return next == null ? Long.MAX_VALUE : next.nanos;
    }
}
