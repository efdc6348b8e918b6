package org.paceline.dialer.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Tells which calendar month a moment falls in. The month last asked for is remembered, so that asking again costs two
 * comparisons.
 *
 * <p>Thread: one at a time.
 */
public final class LocalMonths {
    private final ZoneId zone;
    private int month;
    private long fromEpochMillis;
    private long untilEpochMillis;

    public LocalMonths(ZoneId zone) {
        this.zone = zone;
    }

    /** Returns the month, 202611 for November 2026, in the zone. */
    public int monthOf(long epochMillis) {
        if (epochMillis < fromEpochMillis || epochMillis >= untilEpochMillis) {
            LocalDate first =
                    LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), zone).withDayOfMonth(1);
            month = first.getYear() * 100 + first.getMonthValue();
            fromEpochMillis = first.atStartOfDay(zone).toInstant().toEpochMilli();
            untilEpochMillis =
                    first.plusMonths(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }
        return month;
    }
}
