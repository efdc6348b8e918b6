package org.paceline.rules.calendar;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.Field;
import org.paceline.yaml.NearestWord;
import org.paceline.yaml.YamlList;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlNode;
import org.paceline.yaml.YamlScalar;

/**
 * Reads the {@code hours} and {@code holidays} of policies and campaigns.
 *
 * <pre>{@code
 * hours:
 *   citation: Code de la consommation, art. D223-9
 *   days:
 *     mon-fri: [10:00-13:00, 14:00-20:00]
 *     sat: [{window: 09:00-12:00, first-dial: 09:10}]
 *   quiet: [12:00-13:30]
 * holidays:
 *   calendar: fr
 *   subdivisions: [all]
 *   added: [2026-05-02, 2026-10-01..2026-10-07, 12-24]
 *   removed: [06-05]
 *   working: [2026-02-14]
 * }</pre>
 */
public final class CallingHoursReader {
    private CallingHoursReader() {}

    /**
     * Reads both keys of a mapping; returns null where it has neither. Holidays without hours are closed all day, and
     * every other day is open.
     */
    public static @Nullable CallingHours read(YamlMap map, Citations citations) {
        Field<YamlMap> hours = map.map(HoursKeys.HOURS.name());
        HolidayTerms holidays = holidays(HoursKeys.HOLIDAYS.orNull(map), citations);
        YamlMap section = hours.orNull();
        if (section != null) {
            return hours(section, holidays, citations);
        }
        return holidays == null ? null : new CallingHours(allDay(), List.of(), holidays, holidays.citation(), "");
    }

    private static CallingHours hours(YamlMap section, @Nullable HolidayTerms holidays, Citations citations) {
        Map<DayOfWeek, List<DayWindow>> windows = new EnumMap<>(DayOfWeek.class);
        Field<YamlMap> written = section.map(HoursKeys.DAYS.name());
        YamlMap days = written.orNull();
        if (days == null) {
            if (!written.isWritten()) {
                section.place()
                        .problem(
                                "has no days: give windows of each weekday, for example days: {mon-fri: [08:00-20:00]}");
            }
        } else {
            refuseClosedWeek(days);
            readDays(days, windows);
        }
        List<DayWindow> quiet = HoursKeys.QUIET.of(section);
        refuseDaysWithoutTime(section, windows, quiet);
        return new CallingHours(
                windows, quiet, holidays, citations.of(section, "days"), citations.of(section, "quiet"));
    }

    private static Map<DayOfWeek, List<DayWindow>> allDay() {
        Map<DayOfWeek, List<DayWindow>> windows = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            windows.put(day, List.of(new DayWindow(0, 0, DayTime.DAY_MINUTES)));
        }
        return windows;
    }

    private static void refuseClosedWeek(YamlMap days) {
        boolean isClosed = days.keys().stream()
                .map(days::node)
                .allMatch(
                        node -> node instanceof YamlList list && list.elements().isEmpty());
        if (isClosed) {
            days.problem("has no window at all, so no call could ever be made: give at least one weekday a window,"
                    + " for example mon-fri: [08:00-20:00]");
        }
    }

    private static void readDays(YamlMap days, Map<DayOfWeek, List<DayWindow>> windows) {
        for (String key : days.keys()) {
            YamlNode node = days.node(key);
            if (node == null) {
                continue;
            }
            List<DayOfWeek> named = days(key);
            if (named.isEmpty()) {
                node.problem("is not a weekday; write mon, tue, wed, thu, fri, sat, sun, or a span such as mon-fri");
                continue;
            }
            List<DayWindow> ofDay = windows(node);
            for (DayOfWeek day : named) {
                if (windows.putIfAbsent(day, ofDay) != null) {
                    node.problem("sets " + CallingHours.shortName(day) + " a second time; name each weekday once");
                }
            }
        }
    }

    private static List<DayOfWeek> days(String key) {
        int dash = key.indexOf('-');
        DayOfWeek first = day(dash < 0 ? key : key.substring(0, dash));
        DayOfWeek last = dash < 0 ? first : day(key.substring(dash + 1));
        List<DayOfWeek> days = new ArrayList<>();
        if (first != null && last != null) {
            for (DayOfWeek day = first; ; day = day.plus(1)) {
                days.add(day);
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private static @Nullable DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (CallingHours.shortName(day).equals(name)) {
                return day;
            }
        }
        return null;
    }

    private static List<DayWindow> windows(YamlNode node) {
        List<DayWindow> windows = new ArrayList<>();
        if (!(node instanceof YamlList list)) {
            node.problem(
                    "must be a list of windows, for example [08:00-20:00], or [] for closed; is " + node.described());
            return windows;
        }
        for (YamlNode element : list.elements()) {
            DayWindow window = window(element);
            if (window == null) {
                continue;
            }
            for (DayWindow earlier : windows) {
                if (earlier.overlaps(window)) {
                    element.problem("overlaps " + earlier + "; join them or move one");
                }
            }
            windows.add(window);
        }
        return windows;
    }

    private static @Nullable DayWindow window(YamlNode node) {
        return switch (node) {
            case YamlMap map -> windowWithOffset(map);
            case YamlScalar _, YamlList _ -> HoursKeys.WINDOW_TYPE.read(node);
        };
    }

    private static @Nullable DayWindow windowWithOffset(YamlMap map) {
        Field<DayWindow> window = HoursKeys.WINDOW.in(map);
        window.required(new DayWindow(0, 0, 1));
        Field<LocalTime> firstDial = HoursKeys.FIRST_DIAL.in(map);
        DayWindow read = window.orNull();
        LocalTime start = firstDial.orNull();
        if (read == null || start == null) {
            return read;
        }
        DayWindow offset = read.startingAt(start.getHour() * 60 + start.getMinute());
        if (offset == null) {
            firstDial.place().problem("must be a time within the window " + read + "; is " + start);
        }
        return offset;
    }

    private static void refuseDaysWithoutTime(
            YamlMap section, Map<DayOfWeek, List<DayWindow>> windows, List<DayWindow> quiet) {
        windows.forEach((day, ofDay) -> {
            DayPlan plan = DayPlan.of(ofDay, List.of(), quiet);
            if (!ofDay.isEmpty() && !plan.opens()) {
                section.place()
                        .problem("quiet periods cover every window of " + CallingHours.shortName(day)
                                + "; close the day with [] or shorten them");
            }
        });
    }

    private static @Nullable HolidayTerms holidays(@Nullable YamlMap section, Citations citations) {
        if (section == null) {
            return null;
        }
        Field<String> calendar = HoursKeys.CALENDAR.in(section);
        String code = calendar.orNull() == null ? null : calendar.required("").toLowerCase(Locale.ROOT);
        Set<String> known = HolidayCalendar.calendars();
        if (code != null && known.stream().noneMatch(code::equalsIgnoreCase)) {
            calendar.place()
                    .problem("no holiday calendar '" + code + "'; use the country's two letters, for example fr"
                            + ", or leave it out and list the days under 'added'");
            code = null;
        }
        Field<List<String>> subdivisions = HoursKeys.SUBDIVISIONS.in(section);
        return new HolidayTerms(
                code,
                knownSubdivisions(subdivisions, code),
                HoursKeys.ADDED.of(section),
                HoursKeys.REMOVED.of(section),
                HoursKeys.WORKING.of(section),
                citations.of(section, "calendar", "added", "removed", "working"));
    }

    private static List<String> knownSubdivisions(Field<List<String>> field, @Nullable String calendar) {
        List<String> written = field.orElse(List.of());
        if (written.isEmpty() || written.equals(List.of(HolidayCalendar.ALL_SUBDIVISIONS))) {
            return written;
        }
        if (calendar == null) {
            field.place().problem("needs a calendar whose parts they are");
            return List.of();
        }
        Set<String> known = HolidayCalendar.subdivisions(calendar);
        for (String code : written) {
            if (!known.contains(code)) {
                String nearest = NearestWord.to(code, known);
                field.place()
                        .problem("calendar " + calendar + " has no part '" + code + "'"
                                + (nearest == null
                                        ? "; it has " + String.join(", ", known)
                                        : "; did you mean '" + nearest + "'?")
                                + " (or [all])");
            }
        }
        return known.containsAll(written) ? written : List.of();
    }
}
