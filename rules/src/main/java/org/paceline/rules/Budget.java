package org.paceline.rules;

/**
 * What calls may cost in a calendar month of the call centre ({@code budget.month}).
 *
 * @param holder whose money it is: {@code campaign:spring}, or {@code department:sales} of all campaigns of a department
 * @param limitMicros most that a month's calls may cost; {@link #NO_LIMIT} where they are only counted
 * @param reserveMillis the talk that is paid for in advance with each attempt
 * @param citation where it stands
 */
public record Budget(String holder, long limitMicros, long reserveMillis, String citation) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** What is reserved for where nobody says. */
    public static final long RESERVE_MILLIS = 180_000;

    public Budget {
        if (limitMicros < 0) {
            throw new IllegalArgumentException("limitMicros=" + limitMicros + ": must be at least 0");
        }
        if (reserveMillis < 1) {
            throw new IllegalArgumentException("reserveMillis=" + reserveMillis + ": must be at least 1");
        }
    }

    /** A budget that is only counted. */
    public static Budget unlimited(String holder) {
        return new Budget(holder, NO_LIMIT, RESERVE_MILLIS, holder);
    }

    public boolean isLimited() {
        return limitMicros != NO_LIMIT;
    }
}
