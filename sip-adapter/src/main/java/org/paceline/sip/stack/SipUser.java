package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** Who takes what the stack cannot match with a transaction of ours. Thread: SIP receive threads; must not block. */
public interface SipUser {

    /**
     * A new request from a trunk or an agent's phone.
     *
     * @param transaction to answer it with, null for an ACK
     */
    void request(SIPRequest request, @Nullable ServerTransaction transaction);

    /**
     * Whether a request is of one of our calls, or of one that is over since a short while: its Call-ID and its tags are
     * the call's. What is not, and comes from no peer's address either, is dropped unseen.
     */
    boolean isWithinCall(SIPRequest request);

    /**
     * A 2xx to an INVITE whose transaction is over (RFC 3261 §13.2.2.4).
     *
     * @return whether it was one of our calls, and is acknowledged
     */
    boolean answeredWithoutTransaction(SIPResponse response);
}
