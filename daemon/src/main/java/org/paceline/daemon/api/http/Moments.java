package org.paceline.daemon.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times and days as requests and answers write them, within the years that every part of the daemon can count in: 1970 to 9999. */
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

    /** ISO-8601 in UTC, of epoch milliseconds. */
    public static String written(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    /** The same; null of 0, which is not known, and of {@link Long#MAX_VALUE}, which is never. */
    public static @Nullable String shown(long epochMillis) {
        return epochMillis == 0 || epochMillis == Long.MAX_VALUE ? null : written(epochMillis);
    }
}
