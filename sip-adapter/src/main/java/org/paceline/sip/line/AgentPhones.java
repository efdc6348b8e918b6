package org.paceline.sip.line;

import org.paceline.dialer.agent.AgentId;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.stack.PeerAddresses;

/**
 * Calls agents' phones. Thread: any.
 *
 * @param peers lets a phone's address in while it is called or on the line
 */
public record AgentPhones(SipCalls calls, MediaPlane media, PeerAddresses peers) {

    /**
     * A call that is placed by {@link PhoneCall#start}.
     *
     * @param forCustomer whether a customer waits for the answer, so that the phone is asked to answer by itself
     */
    public PhoneCall call(AgentId agent, PhoneUri at, boolean forCustomer, PhoneListener listener, Mailbox mailbox) {
        return new PhoneCall(agent, at, forCustomer, this, listener, mailbox);
    }
}
