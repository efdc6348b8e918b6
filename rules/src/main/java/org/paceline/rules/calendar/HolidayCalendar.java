package org.paceline.rules.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers which days are holidays. A national calendar is loaded when the object is made; each of its years is computed
 * once.
 *
 * <p>Thread: any.
 */
final class HolidayCalendar {
    static final String ALL_SUBDIVISIONS = "all";

    private final HolidayTerms terms;
    private final @Nullable HolidayManager manager;
    private final List<String[]> parts;
    private final Map<Integer, Map<LocalDate, String>> years = new ConcurrentHashMap<>();

    HolidayCalendar(HolidayTerms terms) {
        this.terms = terms;
        this.manager = terms.calendar() == null ? null : manager(terms.calendar());
        this.parts = manager == null ? List.of() : parts(manager.getCalendarHierarchy(), terms.subdivisions());
    }

    /** The codes that {@link HolidayTerms#calendar} may have. */
    static Set<String> calendars() {
        return HolidayManager.getSupportedCalendarCodes();
    }

    /** The codes that {@link HolidayTerms#subdivisions} may have for a calendar, except {@code all}. */
    static Set<String> subdivisions(String calendar) {
        return manager(calendar).getCalendarHierarchy().getChildren().keySet();
    }

    /** Returns the holiday's name, or null on other days. */
    @Nullable
    String holiday(LocalDate date) {
        if (covers(terms.working(), date) || covers(terms.removed(), date)) {
            return null;
        }
        if (covers(terms.added(), date)) {
            return "holiday";
        }
        return manager == null
                ? null
                : years.computeIfAbsent(date.getYear(), this::year).get(date);
    }

    /** Whether the date is a make-up working day. */
    boolean isMakeUpWorkingDay(LocalDate date) {
        return covers(terms.working(), date);
    }

    private Map<LocalDate, String> year(int year) {
        Map<LocalDate, String> days = new HashMap<>();
        if (manager != null) {
            for (String[] part : parts) {
                for (Holiday holiday : manager.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, part)) {
                    days.put(holiday.getDate(), holiday.getDescription(Locale.ENGLISH));
                    days.put(holiday.getActualDate(), holiday.getDescription(Locale.ENGLISH));
                }
            }
        }
        return Map.copyOf(days);
    }

    private static HolidayManager manager(String calendar) {
        return HolidayManager.getInstance(ManagerParameters.create(calendar.toLowerCase(Locale.ROOT)));
    }

    private static List<String[]> parts(CalendarHierarchy country, List<String> subdivisions) {
        List<String[]> parts = new ArrayList<>();
        parts.add(new String[0]);
        if (subdivisions.equals(List.of(ALL_SUBDIVISIONS))) {
            addAll(country, List.of(), parts);
        } else {
            subdivisions.forEach(code -> parts.add(new String[] {code}));
        }
        return parts;
    }

    private static void addAll(CalendarHierarchy of, List<String> path, List<String[]> parts) {
        of.getChildren().forEach((code, child) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(code);
            parts.add(deeper.toArray(String[]::new));
            addAll(child, deeper, parts);
        });
    }

    private static boolean covers(List<DateSpan> spans, LocalDate date) {
        for (DateSpan span : spans) {
            if (span.contains(date)) {
                return true;
            }
        }
        return false;
    }
}
