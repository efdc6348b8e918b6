package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.auth.AuthorizedSender;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.SipEndpoint;
import org.paceline.sip.stack.TransactionOwner;
import org.paceline.sip.stack.Transport;

/**
 * The REGISTERs for one address of record: the same Call-ID and tag in each, and the contact at which we are reached by
 * the transport that it goes by (RFC 3261 §10.2). Thread: any.
 */
public final class Registering {
    private final SipMessages messages;
    private final SipUri record;
    private final String callId;
    private final String tag;
    private final AuthorizedSender sender;
    private final AtomicLong sequence = new AtomicLong();
    private volatile SipUri contact;

    Registering(SipEndpoint endpoint, SipMessages messages, SipUri record, Authenticator authenticator) {
        this.messages = messages;
        this.record = record;
        callId = endpoint.newCallId();
        tag = messages.token();
        sender = new AuthorizedSender(endpoint, authenticator);
        contact = messages.ownUri(record.getUser());
    }

    /**
     * Sends a REGISTER, again for each challenge.
     *
     * @param expiresSeconds 0 to end the registration
     */
    public void send(int expiresSeconds, Hop to, TransactionOwner owner) throws SipException {
        contact = messages.ownUri(record.getUser(), to.transport());
        sender.send(() -> request(expiresSeconds), to, owner, Runnable::run);
    }

    private SIPRequest request(int expiresSeconds) {
        return messages.register(record, contact, callId, sequence.incrementAndGet(), tag, expiresSeconds);
    }

    /**
     * Returns for how long a 200 binds our contact; 0 where it does not. Without an expiry at the contact, the one of
     * the response counts, and then the one asked for.
     */
    public int grantedSeconds(SIPResponse response, int askedSeconds) {
        if (response.getContactHeaders() == null) {
            return 0;
        }
        for (Contact bound : response.getContactHeaders()) {
            if (isOurs(bound)) {
                int expires = bound.getExpires();
                if (expires >= 0) {
                    return expires;
                }
                return response.getExpires() == null
                        ? askedSeconds
                        : response.getExpires().getExpires();
            }
        }
        return 0;
    }

    private boolean isOurs(@Nullable Contact bound) {
        SipUri ours = contact;
        return bound != null
                && bound.getAddress() != null
                && bound.getAddress().getURI() instanceof SipUri uri
                && ours.getUser().equals(uri.getUser())
                && ours.getHost().equalsIgnoreCase(uri.getHost())
                && SipMessages.port(ours) == SipMessages.port(uri, transport(uri));
    }

    private static Transport transport(SipUri uri) {
        Transport named = Transport.of(uri.getTransportParam());
        return named == null ? Transport.UDP : named;
    }
}
