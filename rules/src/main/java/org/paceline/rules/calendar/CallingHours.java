package org.paceline.rules.calendar;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hours in which people may be called, in their own local time.
 *
 * @param windows windows of each weekday; a day that is missing or has none is closed
 * @param quiet times of every day in which nobody is called even though a window is open
 * @param holidays days on which nobody is called; null where holidays are like other days
 * @param citation the source of the windows
 * @param quietCitation the source of the quiet periods
 */
public record CallingHours(
        Map<DayOfWeek, List<DayWindow>> windows,
        List<DayWindow> quiet,
        @Nullable HolidayTerms holidays,
        String citation,
        String quietCitation) {

    public CallingHours {
        windows = Map.copyOf(windows);
        quiet = List.copyOf(quiet);
    }

    public List<DayWindow> windows(DayOfWeek day) {
        return windows.getOrDefault(day, List.of());
    }

    /** Returns the week as one line: {@code mon-fri 10:00-13:00 14:00-20:00, sat-sun closed}. */
    public String figure() {
        List<String> parts = new ArrayList<>();
        DayOfWeek first = DayOfWeek.MONDAY;
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day == DayOfWeek.SUNDAY || !windows(day).equals(windows(day.plus(1)))) {
                parts.add(days(first, day) + " " + windowsText(day));
                first = day.plus(1);
            }
        }
        return String.join(", ", parts);
    }

    /** Returns the quiet periods as one line. */
    public String quietFigure() {
        return quiet.stream().map(DayWindow::toString).collect(Collectors.joining(" "));
    }

    /** Returns the windows of one weekday as one line, or {@code closed}. */
    public String windowsText(DayOfWeek day) {
        List<DayWindow> ofDay = windows(day);
        return ofDay.isEmpty()
                ? "closed"
                : ofDay.stream().map(DayWindow::toString).collect(Collectors.joining(" "));
    }

    private static String days(DayOfWeek first, DayOfWeek last) {
        return first == last ? shortName(first) : shortName(first) + "-" + shortName(last);
    }

    static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
