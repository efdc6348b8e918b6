package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPTransaction;
import io.netty.util.Timeout;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.auth.Authenticator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The INVITE of one call, which is sent again when it is challenged, and its CANCEL (RFC 3261 §9.1, §22.2).
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class Invite {

    private static final Logger LOG = LoggerFactory.getLogger(Invite.class);

    private final CallParts parts;
    private final Signalling signalling;
    private final OwnCall call;
    private final Authenticator.Exchange exchange;
    private long sequence;
    /** The shortest session interval that the other side asked for (422), or 0. */
    private int leastSessionSeconds;

    private @Nullable SIPRequest request;
    private @Nullable ClientTransaction transaction;
    private @Nullable Timeout limit;

    /** @param call is told what comes back */
    Invite(CallParts parts, OwnCall call) {
        this.parts = parts;
        this.call = call;
        signalling = parts.signalling();
        exchange = parts.target().authenticator().begin();
    }

    void send() throws SipException {
        CallTarget target = parts.target();
        SIPRequest sent = signalling
                .messages()
                .invite(
                        target,
                        call.callId(),
                        call.localTag(),
                        ++sequence,
                        parts.offers().offer());
        if (leastSessionSeconds > 0) {
            ExtensionHeaders.sessionAtLeast(sent, leastSessionSeconds);
        }
        exchange.authorize(sent);
        request = sent;
        transaction = signalling.endpoint().send(sent, target.hop(), call);
    }

    /** What a refusal asks for. */
    sealed interface Answer {
        /** The INVITE is to be sent again, with what was asked for. */
        record Again() implements Answer {}

        /**
         * It stays refused.
         *
         * @param why what the status does not say, or empty
         */
        record Refused(String why) implements Answer {}
    }

    /** Takes a refusal that may only want more: a password (RFC 3261 §22.2), a longer session (RFC 4028 §7.4). */
    Answer answered(SIPResponse refusal) {
        if (Authenticator.isChallenge(refusal.getStatusCode())) {
            return switch (exchange.take(refusal)) {
                case Authenticator.Result.Again _ -> new Answer.Again();
                case Authenticator.Result.Refused(String reason) -> new Answer.Refused(reason);
            };
        }
        return isLengthened(refusal) ? new Answer.Again() : new Answer.Refused("");
    }

    /** Returns the INVITE that was sent last. */
    SIPRequest sent() {
        return Objects.requireNonNull(request, "not sent");
    }

    /** Takes the session interval that a 422 asks for at least: once, and only where it is longer than ours. */
    private boolean isLengthened(SIPResponse refusal) {
        int least = ExtensionHeaders.leastSeconds(refusal);
        boolean lengthened = leastSessionSeconds == 0
                && refusal.getStatusCode() == ExtensionHeaders.TOO_SMALL
                && least > parts.target().extensions().sessionExpiresSeconds();
        if (lengthened) {
            leastSessionSeconds = least;
        }
        return lengthened;
    }

    /** Whether a response is to the INVITE that was sent last. */
    boolean isAnsweredBy(SIPResponse response) {
        return response.getCSeq().getSeqNumber() == sequence;
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

    /** Sends the INVITE no more, whether an answer has come or not. */
    void stopRepeating() {
        if (transaction instanceof SIPTransaction sent) {
            sent.disableRetransmissionTimer();
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
