package org.paceline.sip.simulation;

/** The way in which a simulated phone reacts to a call. */
public sealed interface PhoneManner {

    /** The phone answers, at once or after ringing for that long. */
    record Answers(long afterMillis) implements PhoneManner {
        public static final Answers AT_ONCE = new Answers(0);
    }

    /** The phone rings, and nobody answers it. */
    record Rings() implements PhoneManner {}

    /** @param status a final response such as 486 (busy) or 480 (nobody is registered there) */
    record Refuses(int status) implements PhoneManner {}
}
