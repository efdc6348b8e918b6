package org.paceline.rules.calendar;

/** What {@link CallingHours} say of a moment. */
public enum Openness {
    OPEN,
    /** The moment is before the first or after the last window of the day, or on a day without any. */
    OUTSIDE_DAY,
    /** The moment is between two windows of the day, or before dialling starts in one. */
    BETWEEN_SESSIONS,
    QUIET,
    HOLIDAY
}
