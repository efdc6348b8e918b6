package org.paceline.dialer.call;

/**
 * Who caused the end of an attempt. Only ends that the callee caused count against a lead's retry plan; after the
 * others the lead goes back and is tried again later. Every attempt that was sent counts for the law, whoever ended it.
 */
public enum Fault {
    /** The called party, its phone or its network decided: it talked, was busy, did not answer or does not exist. */
    CALLEE,
    /** The trunk or the networks behind it could not or would not carry the call. */
    TRUNK,
    /** We ended the call, or asked for something that the other side does not support. */
    US
}
