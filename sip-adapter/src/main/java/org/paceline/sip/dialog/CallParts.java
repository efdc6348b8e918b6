package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.function.Supplier;
import javax.sip.SipException;
import org.paceline.sip.auth.AuthorizedSender;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.TransactionOwner;

/**
 * The parts that the classes of one call share.
 *
 * <p>Thread: within the mailbox.
 */
record CallParts(Signalling signalling, CallTarget target, OfferAnswer offers, CallListener listener, Mailbox mailbox) {

    /**
     * Sends a request within the call, again for each challenge.
     *
     * @param requests makes it, with a new CSeq each time
     */
    void send(Supplier<SIPRequest> requests, Hop to, TransactionOwner owner) throws SipException {
        new AuthorizedSender(signalling.endpoint(), target.authenticator()).send(requests, to, owner, mailbox::run);
    }
}
