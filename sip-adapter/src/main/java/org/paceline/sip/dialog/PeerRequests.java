package org.paceline.sip.dialog;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.net.InetSocketAddress;
import java.util.List;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.sdp.LocalAudio;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.sdp.SessionDescription;

/**
 * What the other side asks for while the call is up, BYE apart: new offers by re-INVITE (RFC 3261 §14) and UPDATE
 * (RFC 3311), hold (RFC 3264 §8.4), OPTIONS and INFO.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class PeerRequests {

    private static final long T1_MILLIS = 500;
    private static final long T2_MILLIS = 4_000;

    private final SipCalls calls;
    private final OutboundCall call;
    private final Dialog dialog;
    private final LocalAudio localAudio;
    private final CallListener listener;
    private RemoteAudio audio;
    private long lastSequence = -1;
    /** The CSeq of the re-INVITE whose 200 is not acknowledged yet, or −1. */
    private long unacknowledged = -1;
    /** That 200 carried our offer; the ACK brings the answer. */
    private boolean offered;

    private @Nullable Timeout repeat;

    PeerRequests(
            SipCalls calls,
            OutboundCall call,
            Dialog dialog,
            LocalAudio localAudio,
            RemoteAudio audio,
            CallListener listener) {
        this.calls = calls;
        this.call = call;
        this.dialog = dialog;
        this.localAudio = localAudio;
        this.audio = audio;
        this.listener = listener;
    }

    /** Whether both tags are those of the dialog. */
    boolean isFromPeer(SIPRequest request) {
        return dialog.remoteTag().equals(Dialog.tagOf(request.getFromTag()))
                && call.localTag().equals(request.getToTag());
    }

    void handle(SIPRequest request, @Nullable ServerTransaction transaction) {
        if (transaction == null) {
            acknowledged(request);
            return;
        }
        long sequence = request.getCSeq().getSeqNumber();
        List<String> unknown = SipMessages.unknownExtensions(request);
        if (!unknown.isEmpty()) {
            answer(transaction, calls.messages().badExtension(request, unknown));
        } else if (Request.CANCEL.equals(request.getMethod())) {
            // What it would cancel is answered already (RFC 3261 §9.2).
            answer(transaction, calls.messages().response(request, 200));
        } else if (sequence == lastSequence && Request.INVITE.equals(request.getMethod())) {
            // Its 200 is being repeated.
            calls.endpoint().terminate(transaction);
        } else if (sequence <= lastSequence) {
            answer(transaction, calls.messages().response(request, 500));
        } else {
            lastSequence = sequence;
            switch (request.getMethod()) {
                case Request.INVITE -> invite(request, transaction);
                case Request.UPDATE -> update(request, transaction);
                case Request.OPTIONS -> answer(transaction, calls.messages().capabilities(request, 200));
                case Request.INFO -> answer(transaction, calls.messages().response(request, 200));
                default -> answer(transaction, calls.messages().unsupportedMethod(request));
            }
        }
    }

    void stop() {
        if (repeat != null) {
            repeat.cancel();
            repeat = null;
        }
    }

    private void invite(SIPRequest request, ServerTransaction transaction) {
        if (unacknowledged >= 0) {
            answer(transaction, calls.messages().response(request, 491));
            return;
        }
        byte[] session;
        if (hasBody(request)) {
            byte[] answered = accept(request, transaction);
            if (answered == null) {
                return;
            }
            session = answered;
            offered = false;
        } else {
            session = localAudio.offer();
            offered = true;
        }
        dialog.refreshTarget(request);
        SIPResponse response = calls.messages().withSession(calls.messages().response(request, 200), session);
        unacknowledged = request.getCSeq().getSeqNumber();
        answer(transaction, response);
        repeatLater(response.encodeAsBytes("UDP"), sender(request), T1_MILLIS, T1_MILLIS);
    }

    private void update(SIPRequest request, ServerTransaction transaction) {
        SIPResponse response = calls.messages().response(request, 200);
        if (hasBody(request)) {
            byte[] session = accept(request, transaction);
            if (session == null) {
                return;
            }
            calls.messages().withSession(response, session);
        }
        dialog.refreshTarget(request);
        answer(transaction, response);
    }

    /** Takes an offer, and tells the listener; answers 488 and returns null where it cannot be taken. */
    private byte @Nullable [] accept(SIPRequest request, ServerTransaction transaction) {
        SessionDescription offer;
        try {
            offer = SessionDescription.parseOffer(call.sessionOf(request), audio);
            localAudio.checkReaches(offer.audio());
        } catch (SdpException e) {
            answer(transaction, calls.messages().notAcceptable(request, e));
            return null;
        }
        audio = offer.audio();
        listener.mediaChanged(audio);
        return localAudio.answer(offer);
    }

    private void acknowledged(SIPRequest ack) {
        if (ack.getCSeq().getSeqNumber() != unacknowledged) {
            return;
        }
        unacknowledged = -1;
        stop();
        if (offered) {
            offered = false;
            try {
                RemoteAudio answered =
                        SessionDescription.parse(call.sessionOf(ack)).audio();
                localAudio.checkReaches(answered);
                audio = answered;
                listener.mediaChanged(audio);
            } catch (SdpException e) {
                call.peerSilent();
            }
        }
    }

    /** A 2xx is repeated by its sender until the ACK comes, for 64·T1 (RFC 3261 §13.3.1.4). */
    private void repeatLater(byte[] response, InetSocketAddress to, long intervalMillis, long elapsedMillis) {
        repeat = calls.endpoint()
                .after(
                        intervalMillis,
                        () -> call.whileUnacknowledged(() -> {
                            if (elapsedMillis >= OutboundCall.ANSWER_LIMIT_MILLIS) {
                                call.peerSilent();
                                return;
                            }
                            calls.endpoint().sendRaw(response, to);
                            long next = Math.min(2 * intervalMillis, T2_MILLIS);
                            repeatLater(response, to, next, elapsedMillis + next);
                        }));
    }

    /** Where responses to it go (RFC 3261 §18.2.2, RFC 3581 §4). */
    private static InetSocketAddress sender(SIPRequest request) {
        Via via = request.getTopmostVia();
        int port = via.hasParameter(Via.RPORT) ? request.getPeerPacketSourcePort() : request.getRemotePort();
        return new InetSocketAddress(request.getRemoteAddress(), port);
    }

    boolean isUnacknowledged() {
        return unacknowledged >= 0;
    }

    private void answer(ServerTransaction transaction, SIPResponse response) {
        calls.endpoint().respond(transaction, response);
    }

    private static boolean hasBody(SIPRequest request) {
        byte[] body = request.getRawContent();
        return body != null && body.length > 0;
    }
}
