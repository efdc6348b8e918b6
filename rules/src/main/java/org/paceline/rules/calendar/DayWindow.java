package org.paceline.rules.calendar;

import org.jspecify.annotations.Nullable;

/**
 * One window of a day, in minutes after its local midnight.
 *
 * @param fromMinute when it opens, 0 to 1439
 * @param firstDialMinute the minute from which calls may be dialled in it; equal to {@code fromMinute} where there is
 * no offset
 * @param untilMinute when it closes, exclusive; past 1440 where it ends on the next day
 */
public record DayWindow(int fromMinute, int firstDialMinute, int untilMinute) {

    public DayWindow {
        if (fromMinute < 0 || fromMinute >= DayTime.DAY_MINUTES) {
            throw new IllegalArgumentException("fromMinute=" + fromMinute + ": must be 0 to 1439");
        }
        if (untilMinute <= fromMinute || untilMinute > fromMinute + DayTime.DAY_MINUTES) {
            throw new IllegalArgumentException(
                    "untilMinute=" + untilMinute + ": must be after fromMinute=" + fromMinute + " by a day at most");
        }
        if (firstDialMinute < fromMinute || firstDialMinute >= untilMinute) {
            throw new IllegalArgumentException("firstDialMinute=" + firstDialMinute + ": must be within the window");
        }
    }

    /**
     * Parses {@code 09:00-12:00}; an end at or before the start is on the next day. Returns null where the text is not
     * a window.
     */
    public static @Nullable DayWindow parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return null;
        }
        Integer from = DayTime.parse(text.substring(0, dash).strip());
        Integer until = DayTime.parse(text.substring(dash + 1).strip());
        if (from == null || until == null || from.equals(until) || from == DayTime.DAY_MINUTES) {
            return null;
        }
        return new DayWindow(from, from, until > from ? until : until + DayTime.DAY_MINUTES);
    }

    /** Returns the same window with a later start of dialling; null where that time is not within it. */
    @Nullable
    DayWindow startingAt(int minuteOfDay) {
        int start = minuteOfDay < fromMinute ? minuteOfDay + DayTime.DAY_MINUTES : minuteOfDay;
        return start < untilMinute ? new DayWindow(fromMinute, start, untilMinute) : null;
    }

    boolean overlaps(DayWindow other) {
        return fromMinute < other.untilMinute && other.fromMinute < untilMinute;
    }

    /** Returns the window as files write it. */
    @Override
    public String toString() {
        String span = DayTime.written(fromMinute) + "-" + DayTime.written(untilMinute);
        return firstDialMinute == fromMinute
                ? span
                : span + " (dialling from " + DayTime.written(firstDialMinute) + ")";
    }
}
