package org.paceline.rules.calendar;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of a day as minutes after midnight. Files write them as {@code 08:00}, and the day's end as {@code 24:00}. */
final class DayTime {
    static final int DAY_MINUTES = 24 * 60;

    private static final Pattern WRITTEN = Pattern.compile("(\\d{2}):(\\d{2})");

    private DayTime() {}

    static @Nullable Integer parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int hour = Integer.parseInt(matcher.group(1));
        int minute = Integer.parseInt(matcher.group(2));
        int sum = hour * 60 + minute;
        return minute < 60 && sum <= DAY_MINUTES ? sum : null;
    }

    /** Writes a time. One past midnight is written as a time of the next day: 1500 is {@code 01:00}. */
    static String written(int minute) {
        int inDay = minute > DAY_MINUTES ? minute - DAY_MINUTES : minute;
        return String.format(Locale.ROOT, "%02d:%02d", inDay / 60, inDay % 60);
    }
}
