package org.paceline.daemon.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.SupportedYears;

/**
 * Reads and writes times as requests and answers have them, within the {@link SupportedYears}.
 */
public final class Moments {
    /** What a time must be, for messages. */
    public static final String TIME =
            "a time with its offset " + SupportedYears.WORDS + ", for example 2026-12-01T09:30:00Z";

    private Moments() {}

    /** Returns the time; null where the text is no time with its offset, or outside of these years. */
    public static @Nullable Instant time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return SupportedYears.contain(time) ? time : null;
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
