package org.paceline.rules.calendar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One kind of day, cut into stretches of equal openness.
 *
 * <p>Thread: any (immutable).
 */
final class DayPlan {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long DAY_MILLIS = DayTime.DAY_MINUTES * MINUTE_MILLIS;

    private final long[] endsMillis;
    private final Openness[] openness;

    private DayPlan(Openness[] minutes) {
        List<Long> ends = new ArrayList<>();
        List<Openness> states = new ArrayList<>();
        for (int minute = 1; minute <= minutes.length; minute++) {
            if (minute == minutes.length || minutes[minute] != minutes[minute - 1]) {
                ends.add(minute * MINUTE_MILLIS);
                states.add(minutes[minute - 1]);
            }
        }
        endsMillis = ends.stream().mapToLong(Long::longValue).toArray();
        openness = states.toArray(Openness[]::new);
    }

    static DayPlan holiday() {
        Openness[] minutes = new Openness[DayTime.DAY_MINUTES];
        Arrays.fill(minutes, Openness.HOLIDAY);
        return new DayPlan(minutes);
    }

    /**
     * @param today windows that begin on the day
     * @param yesterday windows that began on the day before, some of which may reach past midnight
     * @param quiet periods in which no window counts
     */
    static DayPlan of(List<DayWindow> today, List<DayWindow> yesterday, List<DayWindow> quiet) {
        Openness[] minutes = new Openness[DayTime.DAY_MINUTES];
        Arrays.fill(minutes, Openness.OUTSIDE_DAY);
        fillSessionGaps(minutes, today);
        yesterday.forEach(window -> paint(minutes, window, -DayTime.DAY_MINUTES));
        today.forEach(window -> paint(minutes, window, 0));
        quiet.forEach(period -> {
            paintQuiet(minutes, period, 0);
            paintQuiet(minutes, period, -DayTime.DAY_MINUTES);
        });
        return new DayPlan(minutes);
    }

    private static void fillSessionGaps(Openness[] minutes, List<DayWindow> windows) {
        int from = windows.stream().mapToInt(DayWindow::fromMinute).min().orElse(0);
        int until = windows.stream().mapToInt(DayWindow::untilMinute).max().orElse(0);
        Arrays.fill(minutes, from, Math.min(until, DayTime.DAY_MINUTES), Openness.BETWEEN_SESSIONS);
    }

    private static void paint(Openness[] minutes, DayWindow window, int shift) {
        fill(minutes, window.fromMinute() + shift, window.firstDialMinute() + shift, Openness.BETWEEN_SESSIONS);
        fill(minutes, window.firstDialMinute() + shift, window.untilMinute() + shift, Openness.OPEN);
    }

    private static void fill(Openness[] minutes, int from, int until, Openness state) {
        for (int minute = Math.max(0, from); minute < Math.min(until, minutes.length); minute++) {
            if (minutes[minute] != Openness.OPEN) {
                minutes[minute] = state;
            }
        }
    }

    private static void paintQuiet(Openness[] minutes, DayWindow period, int shift) {
        int until = Math.min(period.untilMinute() + shift, minutes.length);
        for (int minute = Math.max(0, period.fromMinute() + shift); minute < until; minute++) {
            if (minutes[minute] != Openness.OUTSIDE_DAY) {
                minutes[minute] = Openness.QUIET;
            }
        }
    }

    /** Whether anyone may be called on such a day. */
    boolean opens() {
        return List.of(openness).contains(Openness.OPEN);
    }

    int stretchAt(long millisOfDay) {
        int index = 0;
        while (millisOfDay >= endsMillis[index]) {
            index++;
        }
        return index;
    }

    Openness openness(int stretch) {
        return openness[stretch];
    }

    /** Returns the end of a stretch in milliseconds of the day, exclusive; the last stretch ends with the day. */
    long endMillis(int stretch) {
        return endsMillis[stretch];
    }

    static long dayMillis() {
        return DAY_MILLIS;
    }
}
