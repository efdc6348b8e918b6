package org.paceline.dialer.call;

/** How an attempt ended; every attempt has exactly one. */
public enum Outcome {
    /** An agent talked with the called party. */
    CONNECTED,
    /** A person answered and no agent was joined in time. */
    ABANDONED,
    NO_ANSWER,
    BUSY,
    MACHINE,
    FAX,
    INVALID_NUMBER,
    REJECTED,
    /** The called party's network says that this call is unwanted (SIP 607, 608). */
    UNWANTED,
    /** The network had no room. */
    CONGESTION,
    /** The trunk did not answer, or could not be reached. */
    TRUNK_FAILED,
    /** We ended it before it was answered, for reasons of ours. */
    CANCELLED,
    /** The called party hung up after answering, before an agent was due. */
    CALLER_HUNG_UP,
    /** The process died while the attempt was under way. */
    INTERRUPTED
}
