package org.paceline.sip.dialog;

import org.paceline.dialer.call.CallCause;

/**
 * Why a call was never up.
 *
 * @param detail one line for people
 */
public record CallFailure(Kind kind, CallCause cause, AnswerSigns signs, String detail) {

    /** One without an answer that says more. */
    CallFailure(Kind kind, CallCause cause, String detail) {
        this(kind, cause, AnswerSigns.NONE, detail);
    }

    /** How it failed. */
    public enum Kind {
        /** A final response other than 2xx. */
        REFUSED,
        /** No response at all (Timer B, RFC 3261 §17.1.1.2). */
        SILENT,
        /** The INVITE was not sent: no byte of it has left. */
        NOT_SENT,
        /** Cancelled, and then no final response within 64·T1. */
        CANCEL_UNANSWERED,
        /** Answered while or after it was cancelled; acknowledged and hung up. */
        ANSWERED_LATE,
        /** Answered with a session that we cannot speak; acknowledged and hung up. */
        BAD_ANSWER
    }
}
