package org.paceline.rules.calendar;

/** What a moment is to {@link CallingHours}. */
public enum Openness {
    OPEN,
    /** Before the first or after the last window of the day, or on a day without any. */
    OUTSIDE_DAY,
    /** Between two windows of the day, or before dialling starts in one. */
    BETWEEN_SESSIONS,
    QUIET,
    HOLIDAY
}
