package org.paceline.sip.call;

import org.paceline.dialer.call.Outcome;

/** What a final SIP status says of an attempt (RFC 3261 §21, RFC 8197, RFC 8688). */
final class Outcomes {

    private Outcomes() {}

    static Outcome of(int status) {
        return switch (status) {
            case 486, 600 -> Outcome.BUSY;
            case 404, 410, 484, 485, 604 -> Outcome.INVALID_NUMBER;
            case 408, 480, 487 -> Outcome.NO_ANSWER;
            case 607, 608 -> Outcome.UNWANTED;
            // The trunk wants credentials that it was not given: no number can be reached over it.
            case 401, 407 -> Outcome.TRUNK_FAILED;
            default -> status / 100 == 5 ? Outcome.CONGESTION : Outcome.REJECTED;
        };
    }
}
