package org.paceline.dialer.id;

/** Names one attempt for good: the run that placed it in the upper bits, its number in the run below. */
public record CallId(long value) {

    /** How many low bits count the attempts of one run. */
    public static final int RUN_SHIFT = 36;

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
