package org.paceline.daemon.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.SupportedYears;
import org.paceline.rules.Verdict;

/** Reads and writes points of time as the command line takes and shows them. */
final class Times {
    static final String EXPECTED = "a time with its zone " + SupportedYears.WORDS
            + ", for example 2026-11-21T13:00:00Z or 2026-11-21T08:00:00-05:00";

    private Times() {}

    /** Returns the time; null where the text is none, or outside of the {@link SupportedYears}. */
    static @Nullable Instant parse(String text) {
        try {
            Instant time = DateTimeFormatter.ISO_DATE_TIME.parse(text, Instant::from);
            return SupportedYears.contain(time) ? time : null;
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
