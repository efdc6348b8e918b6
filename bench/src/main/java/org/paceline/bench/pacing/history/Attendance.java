package org.paceline.bench.pacing.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The times when agents were present, judged by their talks: from the begin of the first to the end of the last, except
 * long times without a talk. Times are milliseconds.
 */
final class Attendance {
    /** How long without a talk an agent counts as away. */
    static final long AWAY_MILLIS = 30 * 60_000;

    private final Map<String, List<long[]>> talks = new HashMap<>();

    void talk(String agent, long from, long to) {
        talks.computeIfAbsent(agent, _ -> new ArrayList<>()).add(new long[] {from, to});
    }

    /**
     * Agents in an hour.
     *
     * @param presentMillis how long they were present, together
     * @param firstMillis when the first came, or the hour's begin
     * @param lastMillis when the last left, or the hour's end
     */
    record Hour(long presentMillis, long firstMillis, long lastMillis) {
        private Hour and(Hour other) {
            return new Hour(
                    presentMillis + other.presentMillis,
                    Math.min(firstMillis, other.firstMillis),
                    Math.max(lastMillis, other.lastMillis));
        }

        /** Returns the time from when the first came to when the last left. */
        long workedMillis() {
            return lastMillis - firstMillis;
        }
    }

    /** Returns the hours since 1970 in which agents were present. */
    Map<Long, Hour> hours() {
        Map<Long, Hour> hours = new HashMap<>();
        for (List<long[]> own : talks.values()) {
            own.sort(Comparator.comparingLong(talk -> talk[0]));
            long from = own.getFirst()[0];
            long to = own.getFirst()[1];
            for (long[] talk : own) {
                if (talk[0] - to > AWAY_MILLIS) {
                    spread(hours, from, to);
                    from = talk[0];
                }
                to = Math.max(to, talk[1]);
            }
            spread(hours, from, to);
        }
        return hours;
    }

    private static void spread(Map<Long, Hour> hours, long from, long to) {
        for (long at = from; at < to; ) {
            long hour = Math.floorDiv(at, CommonDay.HOUR_MILLIS);
            long next = Math.min(to, (hour + 1) * CommonDay.HOUR_MILLIS);
            hours.merge(hour, new Hour(next - at, at, next), Hour::and);
            at = next;
        }
    }
}
