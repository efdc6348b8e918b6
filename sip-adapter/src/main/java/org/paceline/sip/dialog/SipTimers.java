package org.paceline.sip.dialog;

/** The times of RFC 3261 §17.1.1.1, in milliseconds. */
final class SipTimers {

    static final long T1_MILLIS = 500;
    static final long T2_MILLIS = 4_000;

    /** How long an answer, or its ACK, may take: 64·T1. */
    static final long ANSWER_LIMIT_MILLIS = 64 * T1_MILLIS;

    private SipTimers() {}
}
