package org.paceline.sip.simulation;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.G711;
import org.paceline.sip.sdp.LocalAudio;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.sdp.SessionDescription;
import org.paceline.sip.stack.TransactionOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call that came in, from INVITE to its end, with its voice.
 *
 * <p>Thread: simulation peer.loop().
 */
final class IncomingCall {

    /** The 200 is repeated until its ACK comes, from T1 doubling to T2, for 64·T1 (RFC 3261 §13.3.1.4). */
    private static final long T1_MILLIS = 500;

    private static final long T2_MILLIS = 4_000;
    private static final long GIVE_UP_MILLIS = 64 * T1_MILLIS;

    private static final Logger LOG = LoggerFactory.getLogger(IncomingCall.class);
    private static final TransactionOwner NOBODY = new TransactionOwner() {
        @Override
        public void response(SIPResponse response) {}

        @Override
        public void timedOut(String method) {}
    };

    private final PeerSide peer;
    private final Invitation invitation;
    private final SIPRequest invite;
    private final Runnable over;
    private final CallMessages messages;

    private State state = State.RINGING;
    private @Nullable SIPResponse answer;
    private @Nullable LocalAudio session;
    private @Nullable VoiceStream stream;
    private Runnable whenHeard = () -> {};
    private boolean acknowledged;
    private boolean heard;
    private long answeredNanos;

    private enum State {
        RINGING,
        /** The socket for the answer is being bound. */
        ANSWERING,
        ANSWERED,
        OVER
    }

    /** @param over runs when it has ended */
    IncomingCall(PeerSide peer, Invitation invitation, Runnable over) {
        this.peer = peer;
        this.invitation = invitation;
        this.over = over;
        invite = invitation.request();
        messages = new CallMessages(peer.endpoint().host(), peer.endpoint().port(), invitation.user(), peer.random());
    }

    Invitation invitation() {
        return invitation;
    }

    boolean answered() {
        return state == State.ANSWERED;
    }

    boolean heard() {
        return heard;
    }

    void ring() {
        if (state == State.RINGING) {
            peer.endpoint().respond(invitation.transaction(), messages.response(invite, Response.RINGING));
        }
    }

    void refuse(int status) {
        if (state == State.RINGING) {
            state = State.OVER;
            peer.counters().refused.increment();
            peer.endpoint().respond(invitation.transaction(), messages.response(invite, status));
            over.run();
        }
    }

    /**
     * Answers and speaks.
     *
     * @param voice what the other side hears
     * @param onHeard runs when the first word of the other side is heard
     */
    void answer(Voice voice, Runnable onHeard) {
        if (state != State.RINGING) {
            return;
        }
        RemoteAudio offer = null;
        if (invite.getRawContent() != null) {
            try {
                offer = SessionDescription.parse(invite.getRawContent()).audio();
            } catch (SdpException e) {
                LOG.warn("simulation=refused reason=\"{}\"", e.getMessage());
                refuse(Response.NOT_ACCEPTABLE_HERE);
                return;
            }
        }
        state = State.ANSWERING;
        whenHeard = onHeard;
        RemoteAudio offered = offer;
        VoiceStream opened = new VoiceStream(voice, peer.counters(), peer.random(), this::firstHeard);
        stream = opened;
        peer.loop().open(opened, bound -> opened(opened, offered, bound));
    }

    /** Hangs up an answered call. */
    void hangUp() {
        if (state != State.ANSWERED) {
            return;
        }
        peer.counters().byesSent.increment();
        try {
            peer.endpoint().send(messages.bye(invite), invitation.source(), NOBODY);
        } catch (SipException e) {
            LOG.warn("simulation=unsent method=BYE reason=\"{}\"", e.getMessage());
        }
        end();
    }

    void byeReceived() {
        if (state == State.ANSWERED) {
            peer.counters().byesReceived.increment();
            end();
        }
    }

    void cancelled() {
        if (state == State.RINGING || state == State.ANSWERING) {
            peer.counters().cancelled.increment();
            peer.endpoint().respond(invitation.transaction(), messages.response(invite, Response.REQUEST_TERMINATED));
            end();
        }
    }

    void acknowledged(SIPRequest ack) {
        if (state != State.ANSWERED || acknowledged) {
            return;
        }
        acknowledged = true;
        peer.counters().acknowledged.increment();
        // Without an offer in the INVITE, the ACK holds the answer (RFC 3264 §4).
        if (invite.getRawContent() == null && ack.getRawContent() != null) {
            try {
                speakTo(SessionDescription.parse(ack.getRawContent()).audio());
            } catch (SdpException e) {
                LOG.warn("simulation=silent reason=\"{}\"", e.getMessage());
            }
        }
    }

    /** Handles a retransmission that outlived its transaction, or a re-INVITE: a hold, a session refresh. */
    void invitedAgain(SIPRequest request, ServerTransaction itsTransaction) {
        LocalAudio ours = session;
        if (state != State.ANSWERED || ours == null) {
            return;
        }
        if (request.getToTag() == null) {
            repeatAnswer();
            return;
        }
        try {
            SIPResponse response = messages.response(request, Response.OK);
            if (request.getRawContent() == null) {
                CallMessages.withSession(response, ours.offer());
            } else {
                RemoteAudio offer =
                        SessionDescription.parse(request.getRawContent()).audio();
                CallMessages.withSession(response, ours.answer(offer));
                speakTo(offer);
            }
            peer.endpoint().respond(itsTransaction, response);
        } catch (SdpException _) {
            peer.endpoint().respond(itsTransaction, messages.response(request, Response.NOT_ACCEPTABLE_HERE));
        }
    }

    private void opened(VoiceStream bound, @Nullable RemoteAudio offer, boolean success) {
        if (state != State.ANSWERING) {
            peer.loop().close(bound);
            return;
        }
        if (!success) {
            state = State.RINGING;
            refuse(Response.SERVICE_UNAVAILABLE);
            return;
        }
        LocalAudio ours = new LocalAudio(bound.local(), peer.randomNumber());
        session = ours;
        SIPResponse ok = messages.response(invite, Response.OK);
        CallMessages.withSession(ok, offer == null ? ours.offer() : ours.answer(offer));
        answer = ok;
        state = State.ANSWERED;
        answeredNanos = System.nanoTime();
        peer.counters().answered.increment();
        peer.counters().open.increment();
        peer.endpoint().respond(invitation.transaction(), ok);
        if (offer != null) {
            speakTo(offer);
        }
        peer.loop().after(T1_MILLIS, () -> await(T1_MILLIS, T1_MILLIS));
    }

    private void await(long waitedMillis, long interval) {
        if (state != State.ANSWERED || acknowledged) {
            return;
        }
        if (waitedMillis >= GIVE_UP_MILLIS) {
            peer.counters().unacknowledged.increment();
            hangUp();
            return;
        }
        repeatAnswer();
        long next = Math.min(T2_MILLIS, interval * 2);
        peer.loop().after(next, () -> await(waitedMillis + next, next));
    }

    private void repeatAnswer() {
        if (answer != null) {
            peer.endpoint().answerAgain(invite, answer);
        }
    }

    private void speakTo(RemoteAudio remote) {
        G711 law = G711.ofPayloadType(remote.payloadType());
        if (stream != null && law != null) {
            // Nothing is sent to a side that only sends.
            boolean listens = !remote.direction().answer().sendsNothing();
            stream.sendTo(listens ? remote.address() : null, law);
        }
    }

    private void firstHeard() {
        heard = true;
        peer.counters().heardAfter((System.nanoTime() - answeredNanos) / 1_000);
        whenHeard.run();
    }

    private void end() {
        if (state == State.ANSWERED) {
            peer.counters().open.decrement();
        }
        // A socket that is still being bound is closed once it is.
        if (stream != null && state == State.ANSWERED) {
            peer.loop().close(stream);
        }
        state = State.OVER;
        over.run();
    }
}
