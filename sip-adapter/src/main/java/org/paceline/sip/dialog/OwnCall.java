package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.TransactionOwner;

/** A call that we place, as the network sees it: its messages come here. Thread: any. */
interface OwnCall extends TransactionOwner {

    String callId();

    /** Returns the tag of our From. */
    String localTag();

    /** Whether a request belongs to this call: its tags are ours and, once the call is up, the other side's. */
    boolean isWithin(SIPRequest request);

    /**
     * Takes a request with the call's Call-ID and some To-tag.
     *
     * @param transaction null for an ACK
     */
    void request(SIPRequest request, @Nullable ServerTransaction transaction);
}
