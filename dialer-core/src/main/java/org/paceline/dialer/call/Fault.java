package org.paceline.dialer.call;

/**
 * Whose doing an attempt's end was. Only the callee's ends count against a lead's retry plan; after the others the lead goes
 * back and is tried again later. What the law counts is counted in any case, once something was sent.
 */
public enum Fault {
    /** The called party, its phone or its network decided: it talked, was busy, did not answer, does not exist. */
    CALLEE,
    /** The trunk or the networks behind it could not or would not carry the call. */
    TRUNK,
    /** We ended it, or asked for what the other side does not speak. */
    US
}
