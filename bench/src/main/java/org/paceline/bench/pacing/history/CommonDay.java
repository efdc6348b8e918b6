package org.paceline.bench.pacing.history;

import java.util.List;

/**
 * The day that past calls have in common: it begins after the longest quiet time of the clock's 24 hours, so that no time zone
 * has to be known.
 *
 * @param firstHour hour of the UTC day at which it begins, 0 to 23
 * @param hours how many it lasts, 1 to 24
 * @param days how many there are
 */
record CommonDay(int firstHour, int hours, int days) {
    static final long HOUR_MILLIS = 3_600_000;

    /** The share of the calls below which an hour is quiet. */
    private static final double QUIET_SHARE = 0.002;

    /** @param calls not empty */
    static CommonDay of(List<PastCall> calls) {
        int[] byHour = new int[24];
        for (PastCall call : calls) {
            byHour[(int) Math.floorMod(Math.floorDiv(call.dialled(), HOUR_MILLIS), 24L)]++;
        }
        double least = QUIET_SHARE * calls.size();
        int firstHour = 0;
        int longest = 0;
        for (int from = 0; from < 24; from++) {
            int quiet = 0;
            while (quiet < 24 && byHour[(from + quiet) % 24] <= least) {
                quiet++;
            }
            if (quiet > longest) {
                longest = quiet;
                firstHour = (from + quiet) % 24;
            }
        }
        CommonDay whole = new CommonDay(firstHour, 24 - longest, 0);
        int days = (int) calls.stream()
                .mapToLong(call -> whole.dayOf(call.dialled()))
                .distinct()
                .count();
        return new CommonDay(firstHour, 24 - longest, days);
    }

    private long dayOf(long epochMillis) {
        return Math.floorDiv(Math.floorDiv(epochMillis, HOUR_MILLIS) - firstHour, 24L);
    }

    /** Returns the hour of the day that the time is in, from 0; the last hour for quiet times. */
    int hourOf(long epochMillis) {
        return hourOfHour(Math.floorDiv(epochMillis, HOUR_MILLIS));
    }

    /** Whether that hour since 1970 is in the day and not a quiet one. */
    boolean hasHour(long hour) {
        return Math.floorMod(hour - firstHour, 24L) < hours;
    }

    /** Returns the hour of the day of an hour since 1970. */
    int hourOfHour(long hour) {
        return Math.min(hours - 1, (int) Math.floorMod(hour - firstHour, 24L));
    }
}
