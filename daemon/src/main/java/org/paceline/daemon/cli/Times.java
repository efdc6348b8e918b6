package org.paceline.daemon.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.Verdict;

/** Points of time as the command line takes and shows them. */
final class Times {
    static final String EXPECTED =
            "a time with its zone, for example 2026-11-21T13:00:00Z or 2026-11-21T08:00:00-05:00";

    /** Years that every part of the daemon can count in. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private Times() {}

    /** Null where the text is not one, or out of the years 1970 to 9999. */
    static @Nullable Instant parse(String text) {
        try {
            Instant time = DateTimeFormatter.ISO_DATE_TIME.parse(text, Instant::from);
            return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** In UTC; null for never. */
    static @Nullable String text(long epochMillis) {
        return epochMillis == Verdict.Refused.NEVER
                ? null
                : Instant.ofEpochMilli(epochMillis).toString();
    }
}
