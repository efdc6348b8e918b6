package org.paceline.dialer.call;

/** How an attempt ended; every attempt has exactly one. */
public enum Outcome {
    /** An agent talked with the called party. */
    CONNECTED,
    /** A person answered and was hung up on by us before an agent was joined, for whatever reason. */
    ABANDONED,
    NO_ANSWER,
    BUSY,
    MACHINE,
    FAX,
    INVALID_NUMBER,
    REJECTED,
    /** The called party says that calls like this one are unwanted (SIP 607, RFC 8197). */
    UNWANTED,
    /** The network had no room. */
    CONGESTION,
    /** The trunk did not answer or could not be reached. */
    TRUNK_FAILED,
    /** We ended it before it was answered, for reasons of ours. */
    CANCELLED,
    /** The called party hung up after answering, before an agent was due. */
    CALLER_HUNG_UP,
    /** The process died while the attempt was under way. */
    INTERRUPTED;

    /** Returns whose fault such an end is when nothing more is known of it. */
    public Fault usualFault() {
        return switch (this) {
            case CONNECTED, NO_ANSWER, BUSY, MACHINE, FAX, INVALID_NUMBER, REJECTED, UNWANTED, CALLER_HUNG_UP ->
                Fault.CALLEE;
            case CONGESTION, TRUNK_FAILED -> Fault.TRUNK;
            case ABANDONED, CANCELLED, INTERRUPTED -> Fault.US;
        };
    }
}
