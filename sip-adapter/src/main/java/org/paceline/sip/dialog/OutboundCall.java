package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntConsumer;
import javax.sip.ClientTransaction;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.CallCause;
import org.paceline.sip.dialog.CallFailure.Kind;
import org.paceline.sip.sdp.LocalAudio;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.sdp.SessionDescription;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.stack.TransactionOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call that we place, from INVITE to the end, with every race of CANCEL and 2xx (RFC 3261 §9.1, §13.2.2.4).
 *
 * <p>Thread: any may call; the state is touched within the {@link Mailbox} only, and so is the listener.
 */
public final class OutboundCall implements TransactionOwner {

    /** 64·T1 (RFC 3261 §17.1.1.1), milliseconds: how long an answer may take. */
    static final long ANSWER_LIMIT_MILLIS = 32_000;

    /** How long the name of a media address may take to resolve, while the customer hears nothing. */
    private static final long RESOLVE_LIMIT_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(OutboundCall.class);

    private enum State {
        NEW,
        /** INVITE sent, nothing came back. */
        CALLING,
        /** A provisional response came. */
        PROCEEDING,
        /** CANCEL sent. */
        CANCELLING,
        /** Answered and acknowledged. */
        UP,
        /** BYE sent; the listener knows that it is over. */
        CLOSING,
        ENDED
    }

    private final SipCalls calls;
    private final CallTarget target;
    private final CallListener listener;
    private final Mailbox mailbox;
    private final String callId;
    private final String localTag;
    private final LocalAudio localAudio;

    private State state = State.NEW;
    private boolean cancelWanted;
    private final Ringing ringing = new Ringing();
    private final EarlySessions early = new EarlySessions();
    private final MediaNames names = new MediaNames();
    private @Nullable Timeout resolveLimit;
    private boolean triedToResolve;
    private @Nullable ClientTransaction invite;
    private @Nullable Dialog dialog;
    private byte @Nullable [] ack;
    private @Nullable PeerRequests peerRequests;
    private @Nullable Timeout cancelLimit;
    /** Those who speak for the other side; they are let in as long as the call lives. */
    private final Set<InetAddress> guests = new HashSet<>();

    /** Of the other side once the call is up; read by any thread. */
    private volatile @Nullable String peerTag;

    OutboundCall(SipCalls calls, CallTarget target, InetSocketAddress rtp, CallListener listener, Mailbox mailbox) {
        this.calls = calls;
        this.target = target;
        this.listener = listener;
        this.mailbox = mailbox;
        this.callId = calls.endpoint().newCallId();
        this.localTag = calls.messages().token();
        this.localAudio = new LocalAudio(rtp, calls.messages().positiveNumber());
    }

    String callId() {
        return callId;
    }

    String localTag() {
        return localTag;
    }

    // ---- what we want

    /** Sends the INVITE. */
    public void start() {
        mailbox.run(this::sendInvite);
    }

    /** Ends a call that is not up: by CANCEL, at once or as soon as a provisional response permits it. */
    public void cancel() {
        mailbox.run(() -> {
            switch (state) {
                case NEW -> fail(Kind.NOT_SENT, CallCause.NONE, "cancelled before it was placed");
                case CALLING -> {
                    if (!cancelWanted) {
                        cancelWanted = true;
                        cancelLimit = calls.endpoint().after(ANSWER_LIMIT_MILLIS, this::noAnswerToCancel);
                    }
                }
                case PROCEEDING -> sendCancel();
                case CANCELLING, UP, CLOSING, ENDED -> {}
            }
        });
    }

    /** Ends a call that is up: the listener hears of it at once, BYE goes its way. */
    public void hangUp() {
        mailbox.run(() -> {
            if (state == State.UP) {
                end(EndedBy.US, CallCause.NONE, true);
            }
        });
    }

    /**
     * Asks by OPTIONS whether the other side of a call that is up is there; does nothing on another call.
     *
     * @param outside whether outside of the dialog, where one answers that has lost the call or answers nothing within
     * @param answered takes the status, within the mailbox; not called where no answer comes
     */
    public void ask(boolean outside, IntConsumer answered) {
        mailbox.run(() -> {
            Dialog established = dialog;
            if (state != State.UP || established == null) {
                return;
            }
            SIPRequest options = outside
                    ? calls.messages().options(target.to(), calls.endpoint().newCallId())
                    : established.request(Request.OPTIONS);
            InetSocketAddress to = outside ? target.hop() : established.hop();
            try {
                calls.endpoint().send(options, to, new Asked(answered));
            } catch (SipException e) {
                LOG.debug("call={} OPTIONS not sent: {}", target.name(), e.getMessage());
            }
        });
    }

    private final class Asked implements TransactionOwner {
        private final IntConsumer answered;

        Asked(IntConsumer answered) {
            this.answered = answered;
        }

        @Override
        public void response(SIPResponse response) {
            if (response.getStatusCode() >= 200) {
                mailbox.run(() -> answered.accept(response.getStatusCode()));
            }
        }

        @Override
        public void timedOut(String method) {}
    }

    // ---- what comes back

    /** Whether a request is of this call: its tags are ours and, once the call is up, the other side's. Thread: any. */
    boolean isWithin(SIPRequest request) {
        String established = peerTag;
        return localTag.equals(request.getToTag())
                && (established == null || established.equals(Dialog.tagOf(request.getFromTag())));
    }

    @Override
    public void response(SIPResponse response) {
        long arrivedNanos = System.nanoTime();
        mailbox.run(() -> onResponse(response, arrivedNanos));
    }

    @Override
    public void timedOut(String method) {
        mailbox.run(() -> {
            if (Request.BYE.equals(method)) {
                closed();
            } else if (Request.INVITE.equals(method)) {
                inviteTimedOut();
            }
        });
    }

    /** A request of the other side within this call. */
    void request(SIPRequest request, @Nullable ServerTransaction transaction) {
        mailbox.run(() -> onRequest(request, transaction));
    }

    private void sendInvite() {
        if (state != State.NEW) {
            return;
        }
        calls.add(this);
        letIn(target.hop().getAddress());
        state(State.CALLING, "dialled");
        try {
            SIPRequest request = calls.messages().invite(target, callId, localTag, localAudio.offer());
            invite = calls.endpoint().send(request, target.hop(), this);
        } catch (SipException | RuntimeException e) {
            fail(Kind.NOT_SENT, CallCause.NONE, "INVITE not sent: " + e.getMessage());
        }
    }

    /** A trunk's name may come to mean other addresses, and its answer may come from others, while the call lives. */
    private void letIn(InetAddress address) {
        if (guests.add(address)) {
            calls.peers().add(address);
        }
    }

    private void onResponse(SIPResponse response, long arrivedNanos) {
        String method = response.getCSeq().getMethod();
        int status = response.getStatusCode();
        if (Request.BYE.equals(method)) {
            if (status >= 200) {
                closed();
            }
        } else if (Request.INVITE.equals(method) && response.getCSeq().getSeqNumber() == SipMessages.INVITE_SEQUENCE) {
            if (status < 200) {
                provisional(response);
            } else if (status < 300) {
                accepted(response, arrivedNanos);
            } else {
                refused(response);
            }
        }
    }

    private void provisional(SIPResponse response) {
        int status = response.getStatusCode();
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (state == State.CALLING) {
                    state(State.PROCEEDING, "status " + status);
                    if (cancelWanted) {
                        sendCancel();
                        return;
                    }
                }
                early.add(response);
                if (ringing.isNews(status)) {
                    listener.ringing(ringing.isAlerting());
                }
            }
            case NEW, CANCELLING, UP, CLOSING, ENDED -> {}
        }
    }

    private void refused(SIPResponse response) {
        switch (state) {
            case CALLING, PROCEEDING, CANCELLING ->
                fail(new CallFailure(
                        Kind.REFUSED,
                        Causes.of(response),
                        Causes.signs(response),
                        "status " + response.getStatusCode()));
            case NEW, UP, CLOSING, ENDED -> {}
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
                calls.counters().add(Counter.LATE_ANSWERS);
                calls.refusals().refuse(answer, target.hop());
            }
        }
    }

    private void establish(SIPResponse answer, long arrivedNanos) {
        byte[] session = early.ofAnswer(answer);
        String name = names.unknownOf(session);
        if (name != null && !triedToResolve) {
            resolve(name, answer, arrivedNanos);
            return;
        }
        RemoteAudio audio;
        try {
            audio = SessionDescription.parse(names.withAddresses(session)).audio();
            localAudio.checkReaches(audio);
        } catch (SdpException e) {
            calls.refusals().refuse(answer, target.hop());
            fail(Kind.BAD_ANSWER, CallCause.ofStatus(answer.getStatusCode()), "answer: " + e.getMessage());
            return;
        }
        Dialog established = new Dialog(calls.messages(), answer, target.hop());
        dialog = established;
        peerTag = established.remoteTag();
        letIn(established.hop().getAddress());
        if (answer.getRemoteAddress() != null) {
            letIn(answer.getRemoteAddress());
        }
        ack = established.ack(answer.getCSeq().getSeqNumber()).encodeAsBytes("UDP");
        calls.endpoint().sendRaw(ack, established.hop());
        peerRequests = new PeerRequests(calls, this, established, localAudio, audio, listener);
        state(State.UP, "status " + answer.getStatusCode());
        listener.answered(audio, arrivedNanos);
    }

    /** The ACK waits so long; DNS is not asked on the network's threads. */
    private void resolve(String name, SIPResponse answer, long arrivedNanos) {
        if (resolveLimit != null) {
            return; // the answer is being repeated
        }
        Runnable goOn = () -> mailbox.run(() -> {
            if (!triedToResolve) {
                triedToResolve = true;
                accepted(answer, arrivedNanos);
            }
        });
        resolveLimit = calls.endpoint().after(RESOLVE_LIMIT_MILLIS, goOn);
        NameResolver.resolve(name, addresses -> {
            if (!addresses.isEmpty()) {
                mailbox.run(() -> names.resolved(name, addresses.getFirst()));
            }
            goOn.run();
        });
    }

    /** The session description of a message within this call, or null. */
    byte @Nullable [] sessionOf(SIPMessage message) {
        return names.withAddresses(EarlySessions.of(message));
    }

    private void answeredLate(SIPResponse answer) {
        calls.counters().add(Counter.LATE_ANSWERS);
        calls.refusals().refuse(answer, target.hop());
        fail(Kind.ANSWERED_LATE, CallCause.ofStatus(answer.getStatusCode()), "answered while it was cancelled");
    }

    private void repeatedOrForked(SIPResponse answer) {
        Dialog established = dialog;
        byte[] lastAck = ack;
        if (established != null && lastAck != null && established.remoteTag().equals(Dialog.tagOf(answer.getToTag()))) {
            calls.endpoint().sendRaw(lastAck, established.hop());
            calls.counters().add(Counter.RETRANSMITTED_ANSWERS);
        } else {
            calls.refusals().refuse(answer, target.hop());
            calls.counters().add(Counter.FORKED_ANSWERS);
        }
    }

    private void sendCancel() {
        ClientTransaction transaction = invite;
        if (transaction == null) {
            return;
        }
        state(State.CANCELLING, "cancelled");
        if (cancelLimit != null) {
            cancelLimit.cancel();
        }
        cancelLimit = calls.endpoint().after(ANSWER_LIMIT_MILLIS, this::noAnswerToCancel);
        try {
            calls.endpoint().cancel(transaction, target.hop(), this);
        } catch (SipException e) {
            LOG.warn("call={} CANCEL not sent: {}", target.name(), e.getMessage());
        }
    }

    private void noAnswerToCancel() {
        mailbox.run(() -> {
            if (state == State.CANCELLING || state == State.PROCEEDING) {
                calls.counters().add(Counter.UNANSWERED_CANCELS);
                fail(Kind.CANCEL_UNANSWERED, CallCause.NONE, "no final answer after CANCEL");
            } else if (state == State.CALLING) {
                fail(Kind.SILENT, CallCause.NONE, "no response");
            }
        });
    }

    private void inviteTimedOut() {
        switch (state) {
            case CALLING -> fail(Kind.SILENT, CallCause.NONE, "no response to INVITE");
            case PROCEEDING, CANCELLING -> {
                calls.counters().add(Counter.UNANSWERED_CANCELS);
                fail(Kind.CANCEL_UNANSWERED, CallCause.NONE, "no final response to INVITE");
            }
            case NEW, UP, CLOSING, ENDED -> {}
        }
    }

    private void onRequest(SIPRequest request, @Nullable ServerTransaction transaction) {
        PeerRequests requests = peerRequests;
        boolean ours = requests != null && requests.isFromPeer(request);
        if (ours && Request.BYE.equals(request.getMethod()) && transaction != null) {
            calls.endpoint().respond(transaction, calls.messages().response(request, 200));
            if (state == State.UP) {
                end(EndedBy.PEER, Causes.of(request), false);
            }
        } else if (ours && requests != null && state == State.UP) {
            requests.handle(request, transaction);
        } else if (transaction != null) {
            calls.endpoint().respond(transaction, calls.messages().response(request, 481));
        }
    }

    /** The other side did not acknowledge our answer to its re-INVITE. */
    void peerSilent() {
        mailbox.run(() -> {
            if (state == State.UP) {
                end(EndedBy.SIGNALLING, CallCause.NONE, true);
            }
        });
    }

    /** Runs a step of the repetition of our 200, within the mailbox, unless the ACK came. */
    void whileUnacknowledged(Runnable step) {
        mailbox.run(() -> {
            if (state == State.UP && peerRequests != null && peerRequests.isUnacknowledged()) {
                step.run();
            }
        });
    }

    private void fail(Kind kind, CallCause cause, String detail) {
        fail(new CallFailure(kind, cause, detail));
    }

    private void fail(CallFailure failure) {
        Kind kind = failure.kind();
        state(State.ENDED, failure.detail());
        forget();
        ClientTransaction transaction = invite;
        if (transaction != null && (kind == Kind.CANCEL_UNANSWERED || kind == Kind.SILENT)) {
            calls.endpoint().terminate(transaction);
        }
        listener.failed(failure);
    }

    private void end(EndedBy by, CallCause cause, boolean sendBye) {
        Dialog established = dialog;
        if (sendBye && established != null) {
            state(State.CLOSING, "hung up");
            try {
                calls.endpoint().send(established.request(Request.BYE), established.hop(), this);
            } catch (SipException e) {
                LOG.warn("call={} BYE not sent: {}", target.name(), e.getMessage());
                closed();
            }
        } else {
            closed();
        }
        stopTimers();
        listener.ended(by, cause);
    }

    private void closed() {
        if (state != State.ENDED) {
            state(State.ENDED, "closed");
            forget();
        }
    }

    private void forget() {
        stopTimers();
        calls.remove(this, target.hop());
        guests.forEach(calls.peers()::remove);
        guests.clear();
    }

    private void stopTimers() {
        if (resolveLimit != null) {
            resolveLimit.cancel();
        }
        if (cancelLimit != null) {
            cancelLimit.cancel();
            cancelLimit = null;
        }
        if (peerRequests != null) {
            peerRequests.stop();
        }
    }

    private void state(State next, String reason) {
        LOG.debug("call={} from={} to={} reason=\"{}\"", target.name(), state, next, reason);
        state = next;
    }
}
