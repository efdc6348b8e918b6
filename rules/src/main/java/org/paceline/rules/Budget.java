package org.paceline.rules;

/**
 * The money that calls may cost in a calendar month of the call centre ({@code budget.month}).
 *
 * @param holder whose money it is: {@code campaign:spring}, or {@code department:sales} for all campaigns of a
 * department
 * @param limitMicros most that a month's calls may cost; {@link #NO_LIMIT} where they are only counted
 * @param reserveMillis how much talk is paid for in advance with each attempt
 * @param citation the file that sets the budget
 */
public record Budget(String holder, long limitMicros, long reserveMillis, String citation) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** The talk that is paid for in advance where nobody says otherwise, milliseconds. */
    public static final long RESERVE_MILLIS = 180_000;

    public Budget {
        if (limitMicros < 0) {
            throw new IllegalArgumentException("limitMicros=" + limitMicros + ": must be at least 0");
        }
        if (reserveMillis < 1) {
            throw new IllegalArgumentException("reserveMillis=" + reserveMillis + ": must be at least 1");
        }
    }

    /** Makes a budget without a limit, whose costs are only counted. */
    public static Budget unlimited(String holder) {
        return new Budget(holder, NO_LIMIT, RESERVE_MILLIS, holder);
    }

    public boolean isLimited() {
        return limitMicros != NO_LIMIT;
    }
}
