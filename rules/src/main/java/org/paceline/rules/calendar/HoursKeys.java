package org.paceline.rules.calendar;

import java.time.LocalTime;
import java.util.List;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.OwnShape;
import org.paceline.yaml.key.Section;

/** The {@code hours} and {@code holidays} of policies and campaigns. */
public final class HoursKeys {
    private static final String DAY = "(mon|tue|wed|thu|fri|sat|sun)";
    private static final String TIME_FORM = "[0-9]{2}:[0-9]{2}";

    static final ScalarType<DayWindow> WINDOW_TYPE = new ScalarType<>(
                    "a window, for example 08:00-20:00 (22:00-02:00 ends on the next day)", DayWindow::parse)
            .json(JsonKeywords.pattern(TIME_FORM + "-" + TIME_FORM));
    static final Key<Object, DayWindow> WINDOW =
            Key.of("window", WINDOW_TYPE, "").required(new DayWindow(0, 0, 1));
    static final Key<Object, LocalTime> FIRST_DIAL = Key.of(
            "first-dial",
            new ScalarType<>("a time of day, for example 09:10", LocalTime::parse),
            "the first call of the window is not before it");

    static final OwnShape DAYS = new OwnShape(
            "days",
            "windows of each weekday; [] or no key for a closed day",
            true,
            JsonKeywords.mapping(
                    DAY + "(-" + DAY + ")?",
                    JsonKeywords.listOf(JsonKeywords.anyOf(
                            WINDOW_TYPE.json(),
                            Section.of("", "", List.of(WINDOW, FIRST_DIAL)).json()))));
    static final ListKey<Object, DayWindow> QUIET =
            ListKey.of("quiet", WINDOW_TYPE, "periods without calls on every day");
    public static final Section<Object, Object> HOURS = Section.of(
            "hours",
            "when people may be called, by the clock of the called party",
            List.of(Citations.KEY, DAYS, QUIET));

    private static final ScalarType<DateSpan> DATES_TYPE = new ScalarType<>(
            "a date, for example 2026-10-01, 2026-10-01..2026-10-07, or 10-01 for every year", DateSpan::parse);
    static final Key<Object, String> CALENDAR =
            Key.of("calendar", ScalarType.TEXT, "a country's two letters, for its national holidays");
    static final ListKey<Object, String> SUBDIVISIONS = ListKey.of(
            "subdivisions", ScalarType.TEXT, "parts of the country whose own holidays count too; [all] for every part");
    static final ListKey<Object, DateSpan> ADDED = ListKey.of("added", DATES_TYPE, "further holidays");
    static final ListKey<Object, DateSpan> REMOVED =
            ListKey.of("removed", DATES_TYPE, "days that the calendar calls holidays and that are none here");
    static final ListKey<Object, DateSpan> WORKING =
            ListKey.of("working", DATES_TYPE, "make-up working days, with a Monday's hours");
    public static final Section<Object, Object> HOLIDAYS = Section.of(
            "holidays", "days without calls", List.of(Citations.KEY, CALENDAR, SUBDIVISIONS, ADDED, REMOVED, WORKING));

    private HoursKeys() {}
}
