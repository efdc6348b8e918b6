package org.paceline.sip.dialog;

/** Times of RFC 3261 §17.1.1.1, in milliseconds. */
final class SipTimers {

    static final long T1_MILLIS = 500;
    static final long T2_MILLIS = 4_000;

    /** 64·T1: how long an answer, or its ACK, may take. */
    static final long ANSWER_LIMIT_MILLIS = 64 * T1_MILLIS;

    private SipTimers() {}
}
