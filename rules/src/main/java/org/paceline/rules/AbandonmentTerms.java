package org.paceline.rules;

import java.time.Duration;

/**
 * What the policies say of abandoned calls, the strictest of several.
 *
 * @param limitRatio largest share of answered calls that may be abandoned, 0–1 (0.03 = 3 %)
 * @param connectWithinMillis how long after the answer an agent must be on the line, milliseconds, at most one minute
 * @param windowMillis the period that the share is taken over, milliseconds, one minute to 366 days
 * @param minimumRingMillis no unanswered call is ended before it rang so long, milliseconds, at most three minutes
 * @param citation where the limit stands
 */
public record AbandonmentTerms(
        double limitRatio, long connectWithinMillis, long windowMillis, long minimumRingMillis, String citation) {
    public static final Duration LONGEST_CONNECT = Duration.ofMinutes(1);
    public static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    public static final Duration LONGEST_WINDOW = Duration.ofDays(366);
    public static final Duration LONGEST_MINIMUM_RING = Duration.ofMinutes(3);

    public AbandonmentTerms {
        if (!(limitRatio >= 0 && limitRatio <= 1)) {
            throw new IllegalArgumentException("limitRatio=" + limitRatio + ": must be from 0 to 1");
        }
        requireFrom(0, LONGEST_CONNECT.toMillis(), connectWithinMillis, "connectWithinMillis");
        requireFrom(SHORTEST_WINDOW.toMillis(), LONGEST_WINDOW.toMillis(), windowMillis, "windowMillis");
        requireFrom(0, LONGEST_MINIMUM_RING.toMillis(), minimumRingMillis, "minimumRingMillis");
    }

    private static void requireFrom(long least, long most, long value, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + ": must be from " + least + " to " + most);
        }
    }
}
