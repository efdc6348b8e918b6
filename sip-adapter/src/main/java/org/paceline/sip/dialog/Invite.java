package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import io.netty.util.Timeout;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The INVITE of one call and its CANCEL (RFC 3261 §9.1).
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class Invite {

    private static final Logger LOG = LoggerFactory.getLogger(Invite.class);

    private final CallParts parts;
    private final Signalling signalling;
    private final OwnCall call;
    private @Nullable ClientTransaction transaction;
    private @Nullable Timeout limit;

    /** @param call is told what comes back */
    Invite(CallParts parts, OwnCall call) {
        this.parts = parts;
        this.call = call;
        signalling = parts.signalling();
    }

    void send() throws SipException {
        CallTarget target = parts.target();
        SIPRequest request = signalling
                .messages()
                .invite(target, call.callId(), call.localTag(), parts.offers().offer());
        transaction = signalling.endpoint().send(request, target.hop(), call);
    }

    boolean isSent() {
        return transaction != null;
    }

    void cancel() {
        ClientTransaction sent = transaction;
        if (sent == null) {
            return;
        }
        try {
            signalling.endpoint().cancel(sent, parts.target().hop(), call);
        } catch (SipException e) {
            LOG.warn(
                    "call={} method=CANCEL sent=no reason=\"{}\"",
                    parts.target().name(),
                    e.getMessage());
        }
    }

    /**
     * Begins to wait for the final response to an INVITE that is, or is to be, cancelled: 64·T1 from now on.
     *
     * @param unanswered runs within the mailbox when no final response came
     */
    void limitCancel(Runnable unanswered) {
        stopLimit();
        limit = signalling
                .endpoint()
                .after(SipTimers.ANSWER_LIMIT_MILLIS, () -> parts.mailbox().run(unanswered));
    }

    void stopLimit() {
        if (limit != null) {
            limit.cancel();
            limit = null;
        }
    }

    /** Gives the transaction up and no longer waits for a final response. */
    void terminate() {
        if (transaction != null) {
            signalling.endpoint().terminate(transaction);
        }
    }
}
