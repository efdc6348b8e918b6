package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages that the stack cannot match with a transaction of ours. Thread: SIP receive threads; must not
 * block.
 */
public interface SipUser {

    /**
     * Takes a new request from a trunk or an agent's phone.
     *
     * @param transaction to answer it with, null for an ACK
     */
    void request(SIPRequest request, @Nullable ServerTransaction transaction);

    /**
     * Whether a request belongs to one of our calls, or to one that ended a short while ago: its Call-ID and its tags
     * are the call's. A request that does not, and comes from no peer's address either, is dropped unseen.
     */
    boolean isWithinCall(SIPRequest request);

    /** Whether a phone may register under that name, from whatever address. */
    default boolean expects(String user) {
        return false;
    }

    /**
     * Takes a 2xx to an INVITE whose transaction is over (RFC 3261 §13.2.2.4).
     *
     * @return whether it was for one of our calls, and is acknowledged
     */
    boolean answeredWithoutTransaction(SIPResponse response);
}
