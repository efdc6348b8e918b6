package org.paceline.daemon.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.Verdict;

/** Reads and writes points of time as the command line takes and shows them. */
final class Times {
    static final String EXPECTED =
            "a time with its zone, for example 2026-11-21T13:00:00Z or 2026-11-21T08:00:00-05:00";

    /** The first of the years that every part of the daemon supports. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private Times() {}

    /** Returns the time; null where the text is none, or outside of the years 1970 to 9999. */
    static @Nullable Instant parse(String text) {
        try {
            Instant time = DateTimeFormatter.ISO_DATE_TIME.parse(text, Instant::from);
            return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Returns the time in UTC; null for never. */
    static @Nullable String text(long epochMillis) {
        return epochMillis == Verdict.Refused.NEVER
                ? null
                : Instant.ofEpochMilli(epochMillis).toString();
    }
}
