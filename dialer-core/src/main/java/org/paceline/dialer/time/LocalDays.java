package org.paceline.dialer.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Tells which local day a moment falls on. The day last asked for is remembered, so that asking again costs two
 * comparisons.
 *
 * <p>Thread: engine only.
 */
public final class LocalDays {
    private final ZoneId zone;
    private long day;
    private long fromEpochMillis;
    private long untilEpochMillis;

    public LocalDays(ZoneId zone) {
        this.zone = zone;
    }

    /** Returns the local day, in days since 1970-01-01 in the zone. */
    public long dayOf(long epochMillis) {
        if (epochMillis < fromEpochMillis || epochMillis >= untilEpochMillis) {
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
            day = date.toEpochDay();
            fromEpochMillis = date.atStartOfDay(zone).toInstant().toEpochMilli();
            untilEpochMillis = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }
        return day;
    }
}
