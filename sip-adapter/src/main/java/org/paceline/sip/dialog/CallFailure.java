package org.paceline.sip.dialog;

import org.paceline.dialer.call.CallCause;

/**
 * The reason why a call was never up.
 *
 * @param detail one line for people
 */
public record CallFailure(Kind kind, CallCause cause, AnswerSigns signs, String detail) {

    /** A failure without an answer that says more. */
    CallFailure(Kind kind, CallCause cause, String detail) {
        this(kind, cause, AnswerSigns.NONE, detail);
    }

    /** The kinds of failure. */
    public enum Kind {
        /** A final response other than 2xx came. */
        REFUSED,
        /** No response came at all (Timer B, RFC 3261 §17.1.1.2). */
        SILENT,
        /** The INVITE was not sent: no byte of it has left. */
        NOT_SENT,
        /** The call was cancelled, and then no final response came within 64·T1. */
        CANCEL_UNANSWERED,
        /**
         * The call was cancelled because it could not go on: a PRACK was refused or not answered (RFC 3262), or the
         * answer in a reliable provisional response describes a session that we do not support.
         */
        GIVEN_UP,
        /** The call was answered while or after it was cancelled; the answer was acknowledged and hung up. */
        ANSWERED_LATE,
        /** The call was answered with a session that we do not support; the answer was acknowledged and hung up. */
        BAD_ANSWER
    }
}
