package org.paceline.dialer.call;

/** A call's states, in the order of a call that goes well; ENDING may follow any of the answered ones. */
public enum CallState {
    /** Permitted, and on its way to the journal. */
    PLANNED,
    /** Stored, and given to the telephone network. */
    DIALLING,
    RINGING,
    /** Answered, without an agent yet. */
    WAITING,
    /** Answered, being joined with its agent. */
    JOINING,
    CONNECTED,
    /** Answered, and being ended by us. */
    ENDING;

    public boolean isAnswered() {
        return compareTo(WAITING) >= 0;
    }
}
