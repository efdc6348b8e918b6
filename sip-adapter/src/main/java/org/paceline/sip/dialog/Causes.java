package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ListIterator;
import javax.sip.header.ReasonHeader;
import javax.sip.header.RetryAfterHeader;
import org.paceline.dialer.call.CallCause;

/** Reads from messages why a call ended. */
final class Causes {

    private Causes() {}

    static CallCause of(SIPResponse response) {
        return new CallCause(response.getStatusCode(), q850(response), retryAfterSeconds(response));
    }

    /** Of a BYE: no status, perhaps a Reason. */
    static CallCause of(SIPMessage request) {
        return new CallCause(0, q850(request), 0);
    }

    /** RFC 3326: {@code Reason: Q.850;cause=16}. */
    private static int q850(SIPMessage message) {
        ListIterator<?> reasons = message.getHeaders(ReasonHeader.NAME);
        while (reasons.hasNext()) {
            if (reasons.next() instanceof ReasonHeader reason
                    && "Q.850".equalsIgnoreCase(reason.getProtocol())
                    && reason.getCause() > 0
                    && reason.getCause() <= 127) {
                return reason.getCause();
            }
        }
        return 0;
    }

    private static int retryAfterSeconds(SIPMessage message) {
        return message.getHeader(RetryAfterHeader.NAME) instanceof RetryAfterHeader header
                ? Math.max(0, header.getRetryAfter())
                : 0;
    }
}
