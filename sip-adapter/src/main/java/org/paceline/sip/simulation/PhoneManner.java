package org.paceline.sip.simulation;

/** What a simulated phone does when it is called. */
public sealed interface PhoneManner {

    /** Answers: at once, or after ringing for so long. */
    record Answers(long afterMillis) implements PhoneManner {
        public static final Answers AT_ONCE = new Answers(0);
    }

    /** Nobody takes it off the hook. */
    record Rings() implements PhoneManner {}

    /** @param status a final response such as 486 (busy) or 480 (nobody is registered there) */
    record Refuses(int status) implements PhoneManner {}
}
