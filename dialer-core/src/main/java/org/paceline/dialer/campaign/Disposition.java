package org.paceline.dialer.campaign;

/**
 * A disposition that an agent may give a call.
 *
 * @param name as the agent gives it
 */
public record Disposition(String name, Meaning meaning) {

    public Disposition {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is blank: a disposition needs one");
        }
    }

    /** The action that the dialer takes on a disposition. */
    public enum Meaning {
        /** The disposition is only a note; the lead goes on by the retry plan. */
        NOTHING,
        SUCCESS,
        /** The called party said no ({@code gap.refusal}). */
        REFUSED,
        /** The called party wants no more calls ({@code optout}). */
        OPT_OUT,
        /** The called party complained ({@code complaint}). */
        COMPLAINT,
        /** The called party wants another call. */
        CALLBACK,
        /** It is another person's number. */
        WRONG_NUMBER;

        /** Whether the lead is finished and is not tried again. */
        public boolean isFinal() {
            return switch (this) {
                case SUCCESS, REFUSED, OPT_OUT, COMPLAINT, WRONG_NUMBER -> true;
                case NOTHING, CALLBACK -> false;
            };
        }
    }
}
