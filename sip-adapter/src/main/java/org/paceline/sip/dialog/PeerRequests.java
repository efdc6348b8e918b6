package org.paceline.sip.dialog;

import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.util.List;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.sdp.SessionDescription;
import org.paceline.sip.stack.SipEndpoint;

/**
 * Answers the other side's requests within one dialog, except BYE: new offers by re-INVITE (RFC 3261 §14) and UPDATE (RFC
 * 3311), hold (RFC 3264 §8.4), OPTIONS and INFO. Before the call is answered, offers come by UPDATE only.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class PeerRequests {

    private final CallParts parts;
    private final SipEndpoint endpoint;
    private final SipResponses responses;
    private final Dialog dialog;
    private final SessionTimer timer;
    private final Runnable silent;
    private long lastSequence = -1;
    /** The CSeq of the re-INVITE whose 200 is not acknowledged yet, or −1. */
    private long unacknowledged = -1;
    /** Whether that 200 carried our offer, so that the ACK brings the answer. */
    private boolean offered;

    private @Nullable Timeout repeat;
    private boolean up;
    private boolean stopped;

    /** @param silent runs when the other side does not acknowledge our answer to its re-INVITE */
    PeerRequests(CallParts parts, Dialog dialog, SessionTimer timer, Runnable silent) {
        this.parts = parts;
        this.dialog = dialog;
        this.timer = timer;
        this.silent = silent;
        endpoint = parts.signalling().endpoint();
        responses = parts.signalling().responses();
    }

    void handle(SIPRequest request, @Nullable ServerTransaction transaction) {
        if (transaction == null) {
            acknowledged(request);
            return;
        }
        long sequence = request.getCSeq().getSeqNumber();
        List<String> unknown = SipResponses.unknownExtensions(request);
        if (!unknown.isEmpty()) {
            answer(transaction, responses.badExtension(request, unknown));
        } else if (Request.CANCEL.equals(request.getMethod())) {
            // The request that it would cancel is answered already (RFC 3261 §9.2).
            answer(transaction, responses.response(request, 200));
        } else if (sequence == lastSequence && Request.INVITE.equals(request.getMethod())) {
            // The 200 to it is being repeated.
            endpoint.terminate(transaction);
        } else if (sequence <= lastSequence) {
            answer(transaction, responses.response(request, 500));
        } else {
            lastSequence = sequence;
            switch (request.getMethod()) {
                case Request.INVITE, Request.UPDATE -> {
                    if (needsAnotherBody(request)) {
                        answer(transaction, responses.unsupportedBody(request));
                    } else if (asksForTooShort(request)) {
                        answer(transaction, responses.intervalTooSmall(request));
                    } else if (Request.INVITE.equals(request.getMethod())) {
                        invite(request, transaction);
                    } else {
                        update(request, transaction);
                    }
                }
                case Request.OPTIONS -> answer(transaction, responses.capabilities(request, 200));
                // RFC 3262 §3: we send no provisional responses that could be acknowledged.
                case Request.PRACK -> answer(transaction, responses.response(request, 481));
                case Request.INFO -> answer(transaction, responses.response(request, 200));
                default -> answer(transaction, responses.unsupportedMethod(request));
            }
        }
    }

    /** The call was answered in this dialog: from now on the listener is told of new media. */
    void callIsUp() {
        up = true;
    }

    /** Stops, because the call is not up any more. */
    void stop() {
        stopped = true;
        stopRepeating();
    }

    private void stopRepeating() {
        if (repeat != null) {
            repeat.cancel();
            repeat = null;
        }
    }

    private void invite(SIPRequest request, ServerTransaction transaction) {
        // RFC 3261 §14.2: our own INVITE is not answered yet, or theirs is not over.
        if (!up || unacknowledged >= 0 || timer.isInviting()) {
            answer(transaction, responses.response(request, 491));
            return;
        }
        byte[] session;
        if (hasOffer(request)) {
            byte[] answered = accept(request, transaction);
            if (answered == null) {
                return;
            }
            session = answered;
            offered = false;
        } else {
            session = parts.offers().offer();
            offered = true;
        }
        dialog.refreshTarget(request);
        SIPResponse response = responses.withSession(request, responses.response(request, 200), session);
        timer.accept(request, response);
        unacknowledged = request.getCSeq().getSeqNumber();
        answer(transaction, response);
        repeatLater(request, response, SipTimers.T1_MILLIS, SipTimers.T1_MILLIS);
    }

    private void update(SIPRequest request, ServerTransaction transaction) {
        SIPResponse response = responses.response(request, 200);
        if (hasOffer(request)) {
            if (offered || timer.isInviting() || !parts.offers().isAgreed(dialog.remoteTag())) {
                // RFC 3311 §5.2: an offer of ours has no answer yet.
                answer(transaction, responses.response(request, 491));
                return;
            }
            byte[] session = accept(request, transaction);
            if (session == null) {
                return;
            }
            responses.withSession(request, response, session);
        }
        dialog.refreshTarget(request);
        timer.accept(request, response);
        answer(transaction, response);
    }

    /** Whether a peer that understands 422 asks for a shorter session interval than there is (RFC 4028 §9). */
    private static boolean asksForTooShort(SIPRequest request) {
        ExtensionHeaders.Interval asked = ExtensionHeaders.interval(request);
        return asked != null
                && asked.seconds() < SipExtensions.LEAST_SESSION_SECONDS
                && ExtensionHeaders.supports(request, ExtensionHeaders.TIMER);
    }

    /** Takes an offer and tells the listener; answers 488 and returns null where the offer cannot be taken. */
    private byte @Nullable [] accept(SIPRequest request, ServerTransaction transaction) {
        SessionDescription offer;
        try {
            offer = parts.offers().offered(request);
        } catch (SdpException e) {
            answer(transaction, responses.notAcceptable(request, e));
            return null;
        }
        if (up) {
            parts.listener().mediaChanged(offer.audio());
        }
        return parts.offers().answer(offer);
    }

    private void acknowledged(SIPRequest ack) {
        if (ack.getCSeq().getSeqNumber() != unacknowledged) {
            return;
        }
        unacknowledged = -1;
        stopRepeating();
        if (offered) {
            offered = false;
            try {
                parts.listener().mediaChanged(parts.offers().answered(ack));
            } catch (SdpException e) {
                silent.run();
            }
        }
    }

    /** Repeats a 2xx until its ACK comes, for 64·T1 (RFC 3261 §13.3.1.4). */
    private void repeatLater(SIPRequest request, SIPResponse response, long intervalMillis, long elapsedMillis) {
        Runnable step = () -> {
            if (stopped || unacknowledged < 0) {
                return;
            }
            if (elapsedMillis >= SipTimers.ANSWER_LIMIT_MILLIS) {
                silent.run();
                return;
            }
            endpoint.answerAgain(request, response);
            long next = Math.min(2 * intervalMillis, SipTimers.T2_MILLIS);
            repeatLater(request, response, next, elapsedMillis + next);
        };
        repeat = endpoint.after(intervalMillis, () -> parts.mailbox().run(step));
    }

    private void answer(ServerTransaction transaction, SIPResponse response) {
        endpoint.respond(transaction, response);
    }

    /** Whether there is a session description, or what is to be one. */
    private static boolean hasOffer(SIPRequest request) {
        return hasBody(request) && (EarlySessions.of(request) != null || isSession(request.getContentTypeHeader()));
    }

    /** Whether there is a body of another kind that must not be passed over (RFC 3261 §20.11). */
    private static boolean needsAnotherBody(SIPRequest request) {
        boolean isOptional = request.getContentDisposition() != null
                && "optional".equalsIgnoreCase(request.getContentDisposition().getHandling());
        return hasBody(request) && !hasOffer(request) && !isOptional;
    }

    private static boolean isSession(@Nullable ContentType type) {
        return type == null || "sdp".equalsIgnoreCase(type.getContentSubType());
    }

    private static boolean hasBody(SIPRequest request) {
        byte[] body = request.getRawContent();
        return body != null && body.length > 0;
    }
}
