package org.paceline.rules.calendar;

import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/** Days of a calendar: those of one year, or the same day of every year. */
public sealed interface DateSpan {

    boolean contains(LocalDate date);

    /**
     * Parses {@code 2026-10-01}, {@code 2026-10-01..2026-10-07} or {@code 10-01}; returns null where the text is none
     * of them.
     */
    static @Nullable DateSpan parse(String text) {
        if (text.length() == "10-01".length()) {
            return new Yearly(MonthDay.parse("--" + text));
        }
        int dots = text.indexOf("..");
        LocalDate first = LocalDate.parse(dots < 0 ? text : text.substring(0, dots));
        LocalDate last = dots < 0 ? first : LocalDate.parse(text.substring(dots + 2));
        return last.isBefore(first) ? null : new Once(first, last);
    }

    /** @param last the last day, inclusive */
    record Once(LocalDate first, LocalDate last) implements DateSpan {
        @Override
        public boolean contains(LocalDate date) {
            return !date.isBefore(first) && !date.isAfter(last);
        }
    }

    /** The same day of every year; 29 February only in leap years. */
    record Yearly(MonthDay day) implements DateSpan {
        @Override
        public boolean contains(LocalDate date) {
            return day.getMonthValue() == date.getMonthValue() && day.getDayOfMonth() == date.getDayOfMonth();
        }
    }
}
