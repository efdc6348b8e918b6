package org.paceline.dialer.call;

import org.paceline.rules.AbandonmentTerms.ClockStart;

/**
 * When the called party's first words began and ended, as far as they were heard.
 *
 * @param beganMillis from the answer to the first sound, or {@link #UNHEARD}
 * @param endedMillis from the answer to the last sound before the pause that ends a greeting, or {@link #UNHEARD}
 */
public record Greeting(long beganMillis, long endedMillis) {
    public static final long UNHEARD = -1;
    public static final Greeting NONE = new Greeting(UNHEARD, UNHEARD);

    /**
     * How long a called party may be silent, milliseconds. After that, a clock that runs from the greeting starts
     * without one.
     */
    public static final long LONGEST_SILENCE_MILLIS = 2_500;

    /**
     * The latest end of a greeting, milliseconds from the answer. If the called party still speaks then, the greeting
     * is taken to end there.
     */
    public static final long LATEST_END_MILLIS = 5_000;

    public Greeting began(long millis) {
        return new Greeting(millis, endedMillis);
    }

    public Greeting ended(long millis) {
        return new Greeting(beganMillis, millis);
    }

    /** The latest moment at which the clock can start, given what is known so far; milliseconds from the answer. */
    public long latestStartMillis(ClockStart start) {
        boolean silent = beganMillis == UNHEARD || beganMillis > LONGEST_SILENCE_MILLIS;
        return switch (start) {
            case ANSWER -> 0;
            case GREETING_START -> silent ? LONGEST_SILENCE_MILLIS : beganMillis;
            case GREETING_END -> {
                if (silent) {
                    yield LONGEST_SILENCE_MILLIS;
                }
                yield endedMillis == UNHEARD ? LATEST_END_MILLIS : Math.min(endedMillis, LATEST_END_MILLIS);
            }
        };
    }
}
