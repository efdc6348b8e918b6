package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.function.IntConsumer;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.CallCause;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.CallFailure.Kind;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.stack.Unreachable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call from INVITE to the end, with every race of CANCEL and 2xx (RFC 3261 §9.1, §13.2.2.4).
 *
 * <table> <caption>What brings it from state to state</caption>
 * <tr><th>from</th><th>what happens</th><th>to</th></tr>
 * <tr><td>NEW</td><td>the INVITE is sent</td><td>CALLING</td></tr>
 * <tr><td>CALLING</td><td>a provisional response</td><td>PROCEEDING</td></tr>
 * <tr><td>PROCEEDING</td><td>{@link #cancel}; where that came before, the provisional
 * response</td><td>CANCELLING</td></tr>
 * <tr><td>PROCEEDING</td><td>a challenge, which the INVITE answers</td><td>CALLING</td></tr>
 * <tr><td>CALLING, PROCEEDING</td><td>a 2xx with a usable session, unless it is to be cancelled</td><td>UP</td></tr>
 * <tr><td>UP</td><td>{@link #hangUp}; a re-INVITE whose 200 is not acknowledged</td><td>CLOSING</td></tr>
 * <tr><td>UP</td><td>BYE of the other side</td><td>ENDED</td></tr>
 * <tr><td>CLOSING</td><td>the answer to our BYE, or none</td><td>ENDED</td></tr>
 * <tr><td>NEW to CANCELLING</td><td>any other final response, or none in time</td><td>ENDED</td></tr>
 * </table>
 *
 * <p>Thread: within the call's {@link Mailbox}, except {@link #remoteTag}.
 */
final class InviteSession {

    private static final Logger LOG = LoggerFactory.getLogger(InviteSession.class);

    private enum State {
        NEW,
        /** The INVITE was sent, and nothing came back. */
        CALLING,
        /** A provisional response came. */
        PROCEEDING,
        /** The CANCEL was sent. */
        CANCELLING,
        /** The call was answered, and the answer acknowledged. */
        UP,
        /** The BYE was sent; the listener knows that the call is over. */
        CLOSING,
        ENDED
    }

    private final Signalling signalling;
    private final CallTarget target;
    private final CallListener listener;
    private final CallParts parts;
    private final OfferAnswer offers;
    private final OwnCall network;
    private final Invite invite;
    private final CallGuests guests;
    private final EarlyDialogs early;
    private final Ringing ringing = new Ringing();

    private State state = State.NEW;
    private boolean cancelWanted;
    /** Why the call is being cancelled, or was hung up, by ourselves; null where nothing is wrong. */
    private @Nullable String broken;
    /** The listener has been told that nothing came back, and is told nothing more. */
    private boolean isAbandoned;
    /** The 2xx that is being taken; until the call is up it is neither acknowledged nor refused. */
    private @Nullable SIPResponse answer;

    /** Set from the answer on. */
    private volatile @Nullable EstablishedCall established;

    /** @param network takes the messages of this call from the network */
    InviteSession(CallParts parts, OwnCall network) {
        this.parts = parts;
        this.network = network;
        signalling = parts.signalling();
        target = parts.target();
        listener = parts.listener();
        offers = parts.offers();
        invite = new Invite(parts, network);
        guests = new CallGuests(signalling.peers());
        early = new EarlyDialogs(parts, this::peerSilent, this::brokenOff);
    }

    /** Returns the tag of the other side once the call is up, else null. Thread: any. */
    @Nullable
    String remoteTag() {
        EstablishedCall up = established;
        return up == null ? null : up.remoteTag();
    }

    // ---- what we ask for

    /** Sends the INVITE. */
    void start() {
        if (state != State.NEW) {
            return;
        }
        signalling.calls().add(network);
        signalling.endpoint().tap().begins(network.callId(), target.subject());
        guests.letIn(target.hop().address());
        enter(State.CALLING, "dialled");
        try {
            invite.send();
        } catch (SipException | RuntimeException e) {
            fail(Kind.NOT_SENT, CallCause.NONE, "INVITE not sent: " + e.getMessage());
        }
    }

    /**
     * Cancels by CANCEL, at once or as soon as a provisional response permits it. A call whose 2xx has come, but is not
     * acknowledged yet, is acknowledged and hung up instead.
     */
    void cancel() {
        if (answer != null && (state == State.CALLING || state == State.PROCEEDING)) {
            answeredLate(answer);
            return;
        }
        switch (state) {
            case NEW -> fail(Kind.NOT_SENT, CallCause.NONE, "cancelled before it was placed");
            case CALLING -> {
                if (!cancelWanted) {
                    cancelWanted = true;
                    invite.limitCancel(this::noAnswerToCancel);
                }
            }
            case PROCEEDING -> sendCancel();
            case CANCELLING, UP, CLOSING, ENDED -> {}
        }
    }

    /**
     * Gives up a call to which no response has come: the listener is told at once, and the INVITE is not repeated any
     * more. A response that comes later is cancelled, or acknowledged and hung up, so that no second call is up.
     */
    void giveUpIfSilent() {
        if (state == State.CALLING && answer == null && !cancelWanted) {
            isAbandoned = true;
            cancelWanted = true;
            invite.stopRepeating();
            invite.limitCancel(this::noAnswerToCancel);
            listener.failed(new CallFailure(Kind.SILENT, CallCause.NONE, "no response yet"));
        }
    }

    void hangUp() {
        if (state == State.UP) {
            end(EndedBy.US, CallCause.NONE, true);
        }
    }

    void ask(boolean outside, IntConsumer answered) {
        EstablishedCall up = established;
        if (state == State.UP && up != null) {
            up.ask(outside, answered);
        }
    }

    // ---- what the network says

    void timedOut(String method) {
        if (Request.BYE.equals(method)) {
            closed();
        } else if (Request.INVITE.equals(method)) {
            inviteTimedOut();
        }
    }

    /** A request of ours could not be brought to its receiver, by a connection that was to be had. */
    void unreachable(Unreachable why) {
        boolean isUnanswered = Request.INVITE.equals(why.method()) && state == State.CALLING && answer == null;
        if (isUnanswered && why.isLarge() && !cancelWanted) {
            sendAgain("by UDP, as no connection can be had", CallCause.NONE);
        } else if (isUnanswered) {
            fail(why.isSent() ? Kind.SILENT : Kind.NOT_SENT, CallCause.NONE, "INVITE not sent: " + why.reason());
        } else if (!Request.INVITE.equals(why.method())) {
            timedOut(why.method());
        }
    }

    void response(SIPResponse response, long arrivedNanos) {
        String method = response.getCSeq().getMethod();
        int status = response.getStatusCode();
        if (Request.BYE.equals(method)) {
            if (status >= 200) {
                byeAnswered(status);
            }
        } else if (Request.INVITE.equals(method) && !invite.isAnsweredBy(response)) {
            EstablishedCall up = established;
            if (up != null) {
                up.repeated(response);
            }
        } else if (Request.INVITE.equals(method)) {
            if (status < 200) {
                provisional(response);
            } else if (status < 300) {
                accepted(response, arrivedNanos);
            } else {
                refused(response);
            }
        }
    }

    void request(SIPRequest request, @Nullable ServerTransaction transaction) {
        EstablishedCall up = network.isWithin(request) ? established : null;
        if (up != null && Request.BYE.equals(request.getMethod()) && transaction != null) {
            signalling.endpoint().respond(transaction, signalling.responses().response(request, 200));
            if (state == State.UP) {
                end(EndedBy.PEER, Causes.of(request), false);
            }
        } else if (up != null && state == State.UP) {
            up.handle(request, transaction);
        } else if (transaction != null && !(isEarly(request) && early.handle(request, transaction))) {
            signalling.endpoint().respond(transaction, signalling.responses().response(request, 481));
        }
    }

    private boolean isEarly(SIPRequest request) {
        return switch (state) {
            case CALLING, PROCEEDING, CANCELLING -> network.isWithin(request);
            case NEW, UP, CLOSING, ENDED -> false;
        };
    }

    private void provisional(SIPResponse response) {
        int status = response.getStatusCode();
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (!isAbandoned) {
                    listener.provisional(status);
                }
                if (state == State.CALLING) {
                    enter(State.PROCEEDING, "status " + status);
                    if (cancelWanted) {
                        sendCancel();
                    }
                }
                boolean isNews = early.isNews(response);
                if (state == State.PROCEEDING && isNews) {
                    offers.early(response);
                    if (ringing.isNews(status)) {
                        listener.ringing(ringing.isAlerting());
                    }
                }
            }
            // Acknowledged all the same: the other side may hold its final response back until then.
            case CANCELLING -> early.isNews(response);
            case NEW, UP, CLOSING, ENDED -> {}
        }
    }

    /** Cancels a call that cannot go on; a final response that comes meanwhile decides, if it says more. */
    private void brokenOff(String why) {
        if (state == State.PROCEEDING && answer == null) {
            LOG.warn("call={} event=given-up reason=\"{}\"", target.name(), why);
            broken = why;
            sendCancel();
        }
    }

    private void refused(SIPResponse response) {
        switch (state) {
            case CALLING, PROCEEDING, CANCELLING -> {
                int status = response.getStatusCode();
                if (broken != null && status == Response.REQUEST_TERMINATED) {
                    fail(Kind.GIVEN_UP, Causes.of(response), broken);
                } else if (cancelWanted || state == State.CANCELLING) {
                    refusedAfterCancel(response);
                } else {
                    switch (invite.answered(response)) {
                        case Invite.Answer.Again _ -> sendAgain("after status " + status, Causes.of(response));
                        case Invite.Answer.Refused(String why) ->
                            fail(refusal(response, "status " + status + (why.isEmpty() ? "" : ": " + why)));
                    }
                }
            }
            case NEW, UP, CLOSING, ENDED -> {}
        }
    }

    private static CallFailure refusal(SIPResponse response, String detail) {
        return new CallFailure(Kind.REFUSED, Causes.of(response), Causes.signs(response), detail);
    }

    private void refusedAfterCancel(SIPResponse refusal) {
        if (Authenticator.isChallenge(refusal.getStatusCode())) {
            // No branch of the call is left that could ring.
            fail(Kind.CANCEL_UNANSWERED, Causes.of(refusal), "challenged after it was cancelled");
        } else {
            fail(refusal(refusal, "status " + refusal.getStatusCode()));
        }
    }

    private void sendAgain(String why, CallCause cause) {
        enter(State.CALLING, "sent again " + why);
        try {
            invite.send();
        } catch (SipException | RuntimeException e) {
            fail(Kind.GIVEN_UP, cause, "INVITE not sent again: " + e.getMessage());
        }
    }

    private void accepted(SIPResponse answer, long arrivedNanos) {
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (cancelWanted) {
                    answeredLate(answer);
                } else {
                    establish(answer, arrivedNanos);
                }
            }
            case CANCELLING -> answeredLate(answer);
            case UP, CLOSING -> repeatedOrForked(answer);
            case NEW, ENDED -> {
                signalling.counters().add(Counter.LATE_ANSWERS);
                refuse(answer);
            }
        }
    }

    private void establish(SIPResponse answer, long arrivedNanos) {
        this.answer = answer;
        if (offers.waitsForName(answer, () -> accepted(answer, arrivedNanos))) {
            return;
        }
        RemoteAudio audio;
        try {
            audio = offers.answered(answer);
        } catch (SdpException e) {
            refuse(answer);
            fail(Kind.BAD_ANSWER, CallCause.ofStatus(answer.getStatusCode()), "answer: " + e.getMessage());
            return;
        }
        acknowledge(answer);
        enter(State.UP, "status " + answer.getStatusCode());
        listener.answered(audio, arrivedNanos);
    }

    private void acknowledge(SIPResponse answer) {
        EstablishedCall up = new EstablishedCall(parts, invite.sent(), early.confirmed(answer));
        guests.letIn(up.hop().address());
        if (answer.getRemoteAddress() != null) {
            guests.letIn(answer.getRemoteAddress());
        }
        up.acknowledge();
        established = up;
    }

    private void answeredLate(SIPResponse answer) {
        signalling.counters().add(Counter.LATE_ANSWERS);
        refuse(answer);
        fail(Kind.ANSWERED_LATE, CallCause.ofStatus(answer.getStatusCode()), "answered while it was cancelled");
    }

    private void repeatedOrForked(SIPResponse answer) {
        EstablishedCall up = established;
        if (up != null && up.remoteTag().equals(Dialog.tagOf(answer.getToTag()))) {
            up.acknowledge();
            signalling.counters().add(Counter.RETRANSMITTED_ANSWERS);
        } else {
            refuse(answer);
            signalling.counters().add(Counter.FORKED_ANSWERS);
        }
    }

    private void refuse(SIPResponse answer) {
        signalling.refusals().refuse(answer, target, early.highestSequence());
    }

    private void sendCancel() {
        if (invite.isSent()) {
            enter(State.CANCELLING, "cancelled");
            invite.limitCancel(this::noAnswerToCancel);
            invite.cancel();
        }
    }

    private void noAnswerToCancel() {
        if (state == State.CANCELLING || state == State.PROCEEDING) {
            noFinalResponse("no final answer after CANCEL");
        } else if (state == State.CALLING) {
            fail(Kind.SILENT, CallCause.NONE, "no response");
        }
    }

    private void inviteTimedOut() {
        switch (state) {
            case CALLING -> fail(Kind.SILENT, CallCause.NONE, "no response to INVITE");
            case PROCEEDING, CANCELLING -> noFinalResponse("no final response to INVITE");
            case NEW, UP, CLOSING, ENDED -> {}
        }
    }

    private void noFinalResponse(String detail) {
        signalling.counters().add(Counter.UNANSWERED_CANCELS);
        invite.terminate();
        if (broken == null) {
            fail(Kind.CANCEL_UNANSWERED, CallCause.NONE, detail);
        } else {
            fail(Kind.GIVEN_UP, CallCause.NONE, broken);
        }
    }

    /**
     * Hangs up because the other side did not acknowledge our answer to its re-INVITE, or the session was not
     * refreshed.
     */
    private void peerSilent(String why) {
        if (state == State.UP) {
            broken = why;
            end(EndedBy.SIGNALLING, CallCause.NONE, true);
        }
    }

    private void fail(Kind kind, CallCause cause, String detail) {
        fail(new CallFailure(kind, cause, detail));
    }

    private void fail(CallFailure failure) {
        enter(State.ENDED, failure.detail());
        forget();
        if (failure.kind() == Kind.SILENT) {
            invite.terminate();
        }
        if (!isAbandoned) {
            listener.failed(failure);
        }
    }

    private void end(EndedBy by, CallCause cause, boolean sendBye) {
        EstablishedCall up = established;
        if (sendBye && up != null) {
            enter(State.CLOSING, "hung up");
            try {
                up.bye(broken, network);
            } catch (SipException e) {
                LOG.warn("call={} method=BYE sent=no reason=\"{}\"", target.name(), e.getMessage());
                closed();
            }
        } else {
            closed();
        }
        stopTimers();
        listener.ended(by, cause);
    }

    private void byeAnswered(int status) {
        if (status >= 300 && status != Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST && state == State.CLOSING) {
            LOG.warn(
                    "call={} method=BYE status={} effect=\"the call may stand at the other side\"",
                    target.name(),
                    status);
        }
        closed();
    }

    private void closed() {
        if (state != State.ENDED) {
            enter(State.ENDED, "closed");
            forget();
        }
    }

    private void forget() {
        stopTimers();
        signalling.refusals().expect(network.callId(), network.localTag(), target, early.highestSequence());
        signalling.calls().remove(network);
        signalling.endpoint().tap().ends(network.callId(), target.subject());
        guests.leave();
    }

    private void stopTimers() {
        offers.stop();
        invite.stopLimit();
        EstablishedCall up = established;
        if (up != null) {
            up.stop();
        }
    }

    private void enter(State next, String reason) {
        LOG.debug("call={} from={} to={} reason=\"{}\"", target.name(), state, next, reason);
        state = next;
    }
}
