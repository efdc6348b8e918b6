package org.paceline.rules.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calling hours in a form that is fast to ask about moments. A moment is open in a zone when its local date and time of
 * day are open: so an hour that a clock change repeats is open twice, and one that it skips never.
 *
 * <p>Thread: any.
 */
public final class CompiledHours {
    /** The answer of {@link #nextOpen} where no opening was found. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long SEARCH_MILLIS = 400L * DayPlan.dayMillis();
    private static final DayOfWeek MAKE_UP_DAY = DayOfWeek.MONDAY;

    private final CallingHours hours;
    private final @Nullable HolidayCalendar holidays;
    private final Map<DayOfWeek, Map<DayOfWeek, DayPlan>> plans = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, DayPlan> plansAfterHoliday = new EnumMap<>(DayOfWeek.class);
    private final DayPlan holiday = DayPlan.holiday();

    public CompiledHours(CallingHours hours) {
        this.hours = hours;
        this.holidays = hours.holidays() == null ? null : new HolidayCalendar(hours.holidays());
        for (DayOfWeek today : DayOfWeek.values()) {
            Map<DayOfWeek, DayPlan> byYesterday = new EnumMap<>(DayOfWeek.class);
            for (DayOfWeek yesterday : DayOfWeek.values()) {
                byYesterday.put(yesterday, DayPlan.of(hours.windows(today), hours.windows(yesterday), hours.quiet()));
            }
            plans.put(today, byYesterday);
            plansAfterHoliday.put(today, DayPlan.of(hours.windows(today), List.of(), hours.quiet()));
        }
    }

    public CallingHours hours() {
        return hours;
    }

    /**
     * A stretch of time in one zone in which nothing changes; it never goes past the end of the local day.
     *
     * @param openness whether the stretch is open
     * @param date the local date
     * @param untilEpochMillis its end, epoch milliseconds, exclusive
     */
    public record Stretch(Openness openness, LocalDate date, long untilEpochMillis) {}

    /** Returns the stretch that a moment is in. */
    public Stretch at(ZoneId zone, long epochMillis) {
        ZoneRules rules = zone.getRules();
        Instant instant = Instant.ofEpochMilli(epochMillis);
        long localMillis = epochMillis + rules.getOffset(instant).getTotalSeconds() * 1000L;
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(localMillis, DayPlan.dayMillis()));
        long millisOfDay = Math.floorMod(localMillis, DayPlan.dayMillis());
        DayPlan plan = plan(date);
        int stretch = plan.stretchAt(millisOfDay);
        long until = epochMillis + plan.endMillis(stretch) - millisOfDay;
        ZoneOffsetTransition change = rules.nextTransition(instant);
        if (change != null) {
            until = Math.min(until, change.toEpochSecond() * 1000);
        }
        return new Stretch(plan.openness(stretch), date, until);
    }

    /** Returns the name of the holiday on that date, or null. */
    public @Nullable String holiday(LocalDate date) {
        return holidays == null ? null : holidays.holiday(date);
    }

    /** Returns the weekday whose windows a date has: its own, or another on a make-up working day. */
    public DayOfWeek weekday(LocalDate date) {
        return holidays != null && holidays.isMakeUpWorkingDay(date) ? MAKE_UP_DAY : date.getDayOfWeek();
    }

    /**
     * Returns the first moment, at or after the given one, that is open in all zones at once; {@link #NEVER} where
     * there is none within 400 days.
     */
    public long nextOpen(List<ZoneId> zones, long fromEpochMillis) {
        List<ZoneId> remaining = new ArrayList<>(zones);
        long limit = fromEpochMillis + SEARCH_MILLIS;
        long moment = fromEpochMillis;
        int open = 0;
        while (open < remaining.size()) {
            ZoneId zone = remaining.get(open);
            long next = nextOpen(zone, moment, limit);
            if (next > limit) {
                return NEVER;
            }
            if (next == moment) {
                open++;
            } else {
                // A zone that is closed moves to the front, so that two zones that are never open together are found
                // out quickly.
                remaining.remove(open);
                remaining.addFirst(zone);
                moment = next;
                open = 1;
            }
        }
        return moment;
    }

    private long nextOpen(ZoneId zone, long fromEpochMillis, long limit) {
        long moment = fromEpochMillis;
        while (moment <= limit) {
            Stretch stretch = at(zone, moment);
            if (stretch.openness() == Openness.OPEN) {
                return moment;
            }
            moment = stretch.untilEpochMillis();
        }
        return NEVER;
    }

    private DayPlan plan(LocalDate date) {
        if (holiday(date) != null) {
            return holiday;
        }
        DayOfWeek today = weekday(date);
        LocalDate dayBefore = date.minusDays(1);
        DayPlan plan = holiday(dayBefore) != null
                ? plansAfterHoliday.get(today)
                : plans.getOrDefault(today, Map.of()).get(weekday(dayBefore));
        return plan == null ? holiday : plan;
    }
}
