package org.paceline.dialer.call;

import org.paceline.rules.AbandonmentTerms.ClockStart;

/**
 * What was heard of the called party's first words.
 *
 * @param beganMillis from the answer to the first sound, or {@link #UNHEARD}
 * @param endedMillis from the answer to the last sound before the pause that ends a greeting, or {@link #UNHEARD}
 */
public record Greeting(long beganMillis, long endedMillis) {
    public static final long UNHEARD = -1;
    public static final Greeting NONE = new Greeting(UNHEARD, UNHEARD);

    /** Who is silent for so long greets nobody: whatever runs from the greeting runs from then on, milliseconds. */
    public static final long LONGEST_SILENCE_MILLIS = 2_500;

    /** Who still speaks so long after the answer does not greet: its end is taken to be then, milliseconds. */
    public static final long LATEST_END_MILLIS = 5_000;

    public Greeting began(long millis) {
        return new Greeting(millis, endedMillis);
    }

    public Greeting ended(long millis) {
        return new Greeting(beganMillis, millis);
    }

    /** The latest that the clock can start by what is known, milliseconds from the answer. */
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
