package org.paceline.daemon.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes times and days as requests and answers have them, within the years that every part of the daemon
 * supports: 1970 to 9999.
 */
public final class Moments {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 29);

    private Moments() {}

    /** Returns the time; null where the text is no time with its offset, or outside of these years. */
    public static @Nullable Instant time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Returns the day; null where the text is no day, or outside of these years. */
    public static @Nullable LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY) ? null : day;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Writes epoch milliseconds as ISO-8601 in UTC. */
    public static String written(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    /**
     * Writes epoch milliseconds in the same way; returns null for 0, which is not known, and for {@link
     * Long#MAX_VALUE}, which is never.
     */
    public static @Nullable String shown(long epochMillis) {
        return epochMillis == 0 || epochMillis == Long.MAX_VALUE ? null : written(epochMillis);
    }
}
