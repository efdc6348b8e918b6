package org.paceline.daemon;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The years of the times and days that people send, write and store: 1970 to 9999, both whole, so that 9999-12-31, the
 * usual date for no end, is one of them.
 *
 * <p>Thread: any.
 */
public final class SupportedYears {
    /** The years in words, for messages. */
    public static final String WORDS = "in the years 1970 to 9999";

    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final Instant EARLIEST = Instant.EPOCH;

    /** The first moment that is too late: years are those in UTC. */
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private SupportedYears() {}

    public static boolean contain(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(END);
    }

    public static boolean contain(LocalDate day) {
        return !day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY);
    }

    /** Returns the day that a text names, as {@code 2026-11-21}; null where it names none, or one of another year. */
    public static @Nullable LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return contain(day) ? day : null;
        } catch (DateTimeException _) {
            return null;
        }
    }
}
