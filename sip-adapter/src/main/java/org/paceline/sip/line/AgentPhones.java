package org.paceline.sip.line;

import org.paceline.dialer.id.AgentId;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.stack.SipCounters;

/**
 * Calls agents' phones. Thread: any.
 *
 * @param timeoutMillis a phone that neither sends nor answers for so long is off the line; 0 for never
 */
public record AgentPhones(SipCalls calls, MediaPlane media, SipCounters counters, long timeoutMillis) {

    /**
     * A call that is placed by {@link PhoneCall#start}.
     *
     * @param forCustomer whether a customer waits for the answer, so that the phone is asked to answer by itself
     */
    public PhoneCall call(AgentId agent, PhoneUri at, boolean forCustomer, PhoneListener listener, Mailbox mailbox) {
        return new PhoneCall(agent, at, forCustomer, this, listener, mailbox);
    }
}
