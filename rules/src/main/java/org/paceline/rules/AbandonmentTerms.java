package org.paceline.rules;

import java.time.Duration;
import java.util.List;

/**
 * The terms of one policy or campaign on abandoned calls.
 *
 * @param source the policy or campaign file that says it
 * @param limitRatio largest share of calls that may be abandoned, 0–1 (0.03 = 3 %)
 * @param denominator the calls that the share is taken of
 * @param window the period that the share is taken over
 * @param clockStart the moment that {@code connectWithinMillis} runs from
 * @param connectWithinMillis how soon an agent must be on the line, milliseconds, at most one minute
 * @param minimumRingMillis how long an unanswered call must ring before it may be ended, milliseconds, at most three
 * minutes
 * @param citation the law or file that sets the limit
 */
public record AbandonmentTerms(
        String source,
        double limitRatio,
        Denominator denominator,
        Window window,
        ClockStart clockStart,
        long connectWithinMillis,
        long minimumRingMillis,
        String citation) {
    public static final Duration LONGEST_CONNECT = Duration.ofMinutes(1);
    public static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    public static final Duration LONGEST_WINDOW = Duration.ofDays(366);
    public static final Duration LONGEST_MINIMUM_RING = Duration.ofMinutes(3);

    /** The terms where no policy and no campaign says anything about abandoned calls. */
    public static final AbandonmentTerms DEFAULT = new AbandonmentTerms(
            "default",
            0.03,
            Denominator.ANSWERED_BY_PERSON,
            new Window.Rolling(Duration.ofHours(24).toMillis()),
            ClockStart.ANSWER,
            2_000,
            15_000,
            "Paceline's default, as no policy sets a limit");

    /** The calls that a share is taken of. */
    public enum Denominator {
        ANSWERED_BY_PERSON,
        /** Calls that a person or an answering machine answered. */
        ALL_ANSWERED
    }

    /** The start of the time within which an agent must be joined, the earliest first. */
    public enum ClockStart {
        ANSWER,
        /** The time runs from the moment that the called party begins to speak. */
        GREETING_START,
        /** The time runs from the moment that the called party has spoken the greeting. */
        GREETING_END
    }

    /** The period that a share is taken over. */
    public sealed interface Window {
        /** The longest that the period may last, milliseconds. */
        long longestMillis();

        /** The last so many milliseconds, one minute to 366 days. */
        record Rolling(long millis) implements Window {
            public Rolling {
                requireFrom(SHORTEST_WINDOW.toMillis(), LONGEST_WINDOW.toMillis(), millis, "windowMillis");
            }

            @Override
            public long longestMillis() {
                return millis;
            }
        }

        /** The month by the call centre's calendar. */
        record CalendarMonth() implements Window {
            /** Returns 31 days, and one hour that a clock may be set back by. */
            @Override
            public long longestMillis() {
                return Duration.ofDays(31).plusHours(1).toMillis();
            }
        }
    }

    public AbandonmentTerms {
        if (!(limitRatio >= 0 && limitRatio <= 1)) {
            throw new IllegalArgumentException("limitRatio=" + limitRatio + ": must be from 0 to 1");
        }
        requireFrom(0, LONGEST_CONNECT.toMillis(), connectWithinMillis, "connectWithinMillis");
        requireFrom(0, LONGEST_MINIMUM_RING.toMillis(), minimumRingMillis, "minimumRingMillis");
    }

    /** Returns the terms with the lowest limit; of equal limits those with the shorter window, then the first. */
    public static AbandonmentTerms lowest(List<AbandonmentTerms> several) {
        AbandonmentTerms lowest = several.getFirst();
        for (AbandonmentTerms terms : several) {
            boolean isLower = terms.limitRatio != lowest.limitRatio
                    ? terms.limitRatio < lowest.limitRatio
                    : terms.window.longestMillis() < lowest.window.longestMillis();
            if (isLower) {
                lowest = terms;
            }
        }
        return lowest;
    }

    private static void requireFrom(long least, long most, long value, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + ": must be from " + least + " to " + most);
        }
    }
}
