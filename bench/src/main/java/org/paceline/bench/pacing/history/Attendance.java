package org.paceline.bench.pacing.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When agents were there, as their talks tell: from the first to the end of the last, but not while none came for a long
 * time. Times are milliseconds.
 */
final class Attendance {
    /** Without a talk for so long an agent was away. */
    static final long AWAY_MILLIS = 30 * 60_000;

    private final Map<String, List<long[]>> talks = new HashMap<>();

    void talk(String agent, long from, long to) {
        talks.computeIfAbsent(agent, _ -> new ArrayList<>()).add(new long[] {from, to});
    }

    /**
     * Agents in an hour.
     *
     * @param presentMillis how long they were there, together
     * @param firstMillis when the first came, or was there already
     * @param lastMillis when the last went, or was still there
     */
    record Hour(long presentMillis, long firstMillis, long lastMillis) {
        private Hour and(Hour other) {
            return new Hour(
                    presentMillis + other.presentMillis,
                    Math.min(firstMillis, other.firstMillis),
                    Math.max(lastMillis, other.lastMillis));
        }

        /** From the first's coming to the last's going. */
        long workedMillis() {
            return lastMillis - firstMillis;
        }
    }

    /** The hours since 1970 in which agents were there. */
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
