package org.paceline.rules.calendar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy's terms on which days are holidays.
 *
 * @param calendar code of a national calendar (Jollyday's: {@code fr}, {@code de}), or null for only the days written
 *     here
 * @param subdivisions parts of the country whose own holidays count too; a single {@code all} for every part, for
 *     numbers whose place is not known
 * @param added further holidays
 * @param removed days that the calendar has as holidays but that are none here
 * @param working make-up working days: never holidays, judged by the hours of {@link java.time.DayOfWeek#MONDAY}
 * @param citation the source of these terms
 */
public record HolidayTerms(
        @Nullable String calendar,
        List<String> subdivisions,
        List<DateSpan> added,
        List<DateSpan> removed,
        List<DateSpan> working,
        String citation) {

    public HolidayTerms {
        subdivisions = List.copyOf(subdivisions);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        working = List.copyOf(working);
    }

    /** Returns one line: {@code calendar fr, 2 added}. */
    public String figure() {
        String base = calendar == null ? "own dates" : "calendar " + calendar;
        String parts = subdivisions.isEmpty() ? "" : " with " + String.join(" ", subdivisions);
        return "not on holidays (" + base + parts + count(added, "added") + count(removed, "removed")
                + count(working, "make-up working") + ")";
    }

    private static String count(List<DateSpan> spans, String what) {
        return spans.isEmpty() ? "" : ", " + spans.size() + " " + what;
    }
}
