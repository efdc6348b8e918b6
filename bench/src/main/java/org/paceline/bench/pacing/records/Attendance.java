package org.paceline.bench.pacing.records;

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

    /** How long agents were there in each hour since 1970, together. */
    Map<Long, Long> presentMillisByHour() {
        Map<Long, Long> hours = new HashMap<>();
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

    private static void spread(Map<Long, Long> hours, long from, long to) {
        for (long at = from; at < to; ) {
            long hour = Math.floorDiv(at, RecordedDay.HOUR_MILLIS);
            long next = Math.min(to, (hour + 1) * RecordedDay.HOUR_MILLIS);
            hours.merge(hour, next - at, Long::sum);
            at = next;
        }
    }
}
