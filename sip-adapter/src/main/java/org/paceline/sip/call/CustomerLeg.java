package org.paceline.sip.call;

import gov.nist.javax.sip.address.SipUri;
import io.netty.util.Timeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallConnected;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallNotSent;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.event.Event.GreetingBegan;
import org.paceline.dialer.event.Event.GreetingEnded;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.rules.RecordingDirective;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.CallListener;
import org.paceline.sip.dialog.CallTarget;
import org.paceline.sip.dialog.EndedBy;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.dialog.OutboundCall;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.line.PhoneCall;
import org.paceline.sip.media.GreetingListener;
import org.paceline.sip.media.MediaSession;
import org.paceline.sip.media.RecordingStart;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.trunk.TrunkProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One customer's leg, from the dial to its one ending.
 *
 * <p>Thread: any; the state is touched within its {@link Mailbox} only, where its events are given as well, so that they
 * are in order.
 */
final class CustomerLeg implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerLeg.class);

    /**
     * How much longer than its ring limit a call may go without ringing: no phone may be rung for less than the law wants
     * because the trunk took its time to reach it.
     */
    private static final long POST_DIAL_MILLIS = 20_000;

    private static final int MOST_REDIRECTIONS = 2;

    private enum State {
        DIALLING,
        ANSWERED,
        ENDED
    }

    private final CallId id;
    private final DialOrder order;
    private final CustomerCalls owner;
    private final TrunkProbe trunk;
    private final Mailbox mailbox = new Mailbox();

    private State state = State.DIALLING;
    private @Nullable MediaSession session;
    private @Nullable OutboundCall call;
    private @Nullable Timeout ringLimit;
    private @Nullable Outcome cancelledAs;
    private @Nullable HungUpBy hungUpBy;
    private long answeredNanos;
    private boolean joined;
    private boolean rang;
    private long joins;
    private int redirections;
    private @Nullable AgentLeg agentLeg;
    private @Nullable InetAddress signaller;

    CustomerLeg(CallId id, DialOrder order, CustomerCalls owner, TrunkProbe trunk) {
        this.id = id;
        this.order = order;
        this.owner = owner;
        this.trunk = trunk;
    }

    // ---- what the engine wants

    void dial() {
        mailbox.run(() -> {
            try {
                place();
            } catch (RuntimeException e) {
                LOG.error("call={} could not be placed", id, e);
                if (call == null) {
                    notSent(NotSent.SEND_FAILED, String.valueOf(e.getMessage()));
                } else {
                    over(Outcome.TRUNK_FAILED, CallCause.NONE, false, "not placed: " + e.getMessage());
                }
            }
        });
    }

    void cancel() {
        mailbox.run(() -> cancelAs(Outcome.CANCELLED));
    }

    /** Joins the customer with the agent's line, and tells of it once the phone has shown that it is there. */
    void connect(AgentId agent, Supplier<@Nullable PhoneCall> agentLine) {
        mailbox.run(() -> {
            MediaSession ours = session;
            if (state != State.ANSWERED || ours == null) {
                return;
            }
            PhoneCall phone = agentLine.get();
            MediaSession line = phone == null ? null : phone.media();
            if (phone == null || line == null || !phone.takesCustomer()) {
                // The engine hears of the line's end as well, and names the next agent.
                return;
            }
            partFromAgent();
            long join = ++joins;
            relay(
                    ours,
                    line,
                    micros -> phone.confirm(() -> mailbox.run(() -> {
                        if (state == State.ANSWERED && join == joins) {
                            owner.emit(new CallConnected(id, agent, micros));
                        }
                    })));
        });
    }

    /** Calls the phone; who was rung before is rung no more. */
    void ringAgent(AgentRing ring, AgentAddress at) {
        mailbox.run(() -> {
            if (state == State.ANSWERED) {
                partFromAgent();
                AgentLeg leg = new AgentLeg(ring, this);
                agentLeg = leg;
                leg.start(at, mailbox);
            }
        });
    }

    void stopRinging(AgentRing ring) {
        mailbox.run(() -> {
            if (agentLeg != null && agentLeg.ring().equals(ring)) {
                partFromAgent();
            }
        });
    }

    void warnAgent() {
        mailbox.run(() -> {
            MediaSession ours = session;
            if (joined && ours != null) {
                ours.warnAgent();
            }
        });
    }

    void record() {
        mailbox.run(() -> {
            MediaSession ours = session;
            if (state == State.ANSWERED && joined && ours != null) {
                Announcement notice = order.recordingNotice();
                if (notice == null) {
                    ours.record(recording());
                } else {
                    recordAfter(notice, ours);
                }
            }
        });
    }

    private void recordAfter(Announcement notice, MediaSession ours) {
        try {
            ours.recordAfter(Path.of(notice.file()), recording());
        } catch (InvalidPathException e) {
            LOG.error("call={} recording-notice={} cannot be played: {}", id, notice.file(), e.getMessage());
        }
    }

    private RecordingStart recording() {
        return owner.media().recordingOf(id, order.campaign());
    }

    void announce(Announcement announcement) {
        mailbox.run(() -> {
            MediaSession ours = session;
            if (state != State.ANSWERED || ours == null) {
                return;
            }
            try {
                ours.play(Path.of(announcement.file()), () -> mailbox.run(() -> hangUpAs(HungUpBy.ANNOUNCEMENT_END)));
            } catch (InvalidPathException e) {
                LOG.error("call={} announcement={} cannot be played: {}", id, announcement.file(), e.getMessage());
                hangUpAs(HungUpBy.ANNOUNCEMENT_END);
            }
        });
    }

    void hangUp() {
        mailbox.run(() -> hangUpAs(HungUpBy.US));
    }

    /** No RTP came for the time-out from one who did not hold the call. */
    void mediaLost() {
        mailbox.run(() -> hangUpAs(HungUpBy.MEDIA_TIMEOUT));
    }

    /** Ends it in whatever state it is. */
    void shutDown() {
        mailbox.run(() -> {
            cancelAs(Outcome.CANCELLED);
            hangUpAs(HungUpBy.US);
        });
    }

    /** Ends what is still there when the network is closed, whatever the other side does. */
    void abandon() {
        mailbox.run(() -> {
            if (state == State.ANSWERED) {
                ended(EndedBy.US, CallCause.NONE);
            } else if (call == null) {
                notSent(NotSent.CANCELLED, "closed before it was placed");
            } else {
                over(Outcome.CANCELLED, CallCause.NONE, false, "closed");
            }
        });
    }

    private void place() {
        if (cancelledAs != null) {
            notSent(NotSent.CANCELLED, "cancelled before it was placed");
            return;
        }
        InetSocketAddress at = trunk.address();
        if (at == null) {
            notSent(NotSent.NO_ADDRESS, "host " + trunk.host() + " does not resolve");
            return;
        }
        MediaSession opened;
        try {
            opened = owner.media().open("call-" + id, this::mediaLost);
        } catch (IOException e) {
            notSent(NotSent.NO_RTP_PORT, String.valueOf(e.getMessage()));
            return;
        }
        session = opened;
        signaller = at.getAddress();
        limitRinging(
                order.ringLimitMillis() + POST_DIAL_MILLIS,
                trunk.tellsRinging() ? Outcome.TRUNK_FAILED : Outcome.NO_ANSWER);
        send(SipMessages.uri(order.number().text(), trunk.host(), trunk.port()), at, opened);
    }

    private void send(SipUri to, InetSocketAddress hop, MediaSession media) {
        SipUri from = SipMessages.uri("+" + order.callerId(), owner.callerIdHost(), 0);
        CallTarget target = new CallTarget("call-" + id, to, from, true, false, hop);
        OutboundCall placed = owner.calls().create(target, media.local(), this, mailbox);
        call = placed;
        placed.start();
    }

    /** The agent's phone was answered. */
    void join(AgentLeg leg, MediaSession line) {
        MediaSession ours = session;
        if (state == State.ANSWERED && ours != null && leg == agentLeg) {
            joins++;
            relay(ours, line, micros -> {
                if (leg == agentLeg) {
                    leg.joined(micros);
                }
            });
        }
    }

    /** The agent's phone is not on the line, or not any more. */
    void agentLeft(AgentLeg leg) {
        if (leg == agentLeg) {
            agentLeg = null;
            unjoin();
        }
    }

    /** @param done takes the microseconds since the answer, once both hear each other */
    private void relay(MediaSession ours, MediaSession line, LongConsumer done) {
        joined = true;
        boolean record = order.recording() == RecordingDirective.ALWAYS;
        Announcement notice = order.recordingNotice();
        ours.join(line, record && notice == null ? recording() : null, () -> {
            long micros = (System.nanoTime() - answeredNanos) / 1_000;
            if (record && notice != null) {
                recordAfter(notice, ours);
            }
            mailbox.run(() -> {
                if (state == State.ANSWERED) {
                    done.accept(micros);
                }
            });
        });
    }

    private void partFromAgent() {
        AgentLeg leg = agentLeg;
        agentLeg = null;
        if (leg != null) {
            unjoin();
            leg.dismiss();
        }
    }

    private void unjoin() {
        MediaSession ours = session;
        if (joined && ours != null) {
            ours.unjoin();
        }
        joined = false;
    }

    CustomerCalls owner() {
        return owner;
    }

    private void cancelAs(Outcome outcome) {
        OutboundCall current = call;
        if (state != State.DIALLING || cancelledAs != null) {
            return;
        }
        cancelledAs = outcome;
        stopRingLimit();
        if (current != null) {
            current.cancel();
        }
    }

    private void hangUpAs(HungUpBy by) {
        OutboundCall current = call;
        if (state == State.ANSWERED && hungUpBy == null && current != null) {
            hungUpBy = by;
            current.hangUp();
        }
    }

    // ---- what the network says

    @Override
    public void ringing(boolean alerting) {
        trunk.callRings();
        rang = true;
        if (state == State.DIALLING && cancelledAs == null) {
            limitRinging(order.ringLimitMillis(), Outcome.NO_ANSWER);
            owner.emit(new CallRinging(id, alerting));
        }
    }

    @Override
    public void answered(RemoteAudio audio, long arrivedNanos) {
        trunk.callAnswered();
        if (state == State.ENDED) {
            return;
        }
        stopRingLimit();
        state = State.ANSWERED;
        answeredNanos = arrivedNanos;
        mediaChanged(audio);
        MediaSession ours = session;
        if (order.awaitsGreeting() && ours != null) {
            ours.awaitGreeting(new GreetingEvents());
        }
        owner.emit(new CallAnswered(id));
    }

    private final class GreetingEvents implements GreetingListener {
        @Override
        public void greetingBegan(long atNanos) {
            tell(new GreetingBegan(id, sinceAnswer(atNanos)));
        }

        @Override
        public void greetingEnded(long atNanos) {
            tell(new GreetingEnded(id, sinceAnswer(atNanos)));
        }

        private long sinceAnswer(long atNanos) {
            return Math.max(0, TimeUnit.NANOSECONDS.toMillis(atNanos - answeredNanos));
        }

        private void tell(Event event) {
            mailbox.run(() -> {
                if (state == State.ANSWERED) {
                    owner.emit(event);
                }
            });
        }
    }

    @Override
    public void mediaChanged(RemoteAudio audio) {
        MediaSession current = session;
        if (current != null) {
            current.remote(audio, signaller);
        }
    }

    @Override
    public void failed(CallFailure failure) {
        Outcome reason = cancelledAs == null ? Outcome.NO_ANSWER : cancelledAs;
        CallCause cause = failure.cause();
        switch (failure.kind()) {
            case REFUSED -> {
                if (!isFollowed(failure)) {
                    refused(failure, reason);
                }
            }
            case SILENT -> {
                trunk.callSilent();
                boolean wanted = cancelledAs == Outcome.CANCELLED;
                over(wanted ? Outcome.CANCELLED : Outcome.TRUNK_FAILED, cause, false, failure.detail());
            }
            case NOT_SENT -> notSent(cancelledAs == null ? NotSent.SEND_FAILED : NotSent.CANCELLED, failure.detail());
            case CANCEL_UNANSWERED -> over(reason, cause, false, failure.detail());
            case ANSWERED_LATE -> over(reason, Fault.US, cause, true, failure.detail());
            case BAD_ANSWER -> over(Outcome.TRUNK_FAILED, Fault.TRUNK, cause, true, failure.detail());
        }
    }

    /** RFC 3261 §8.1.3.4, for the same number, to the trunk's own hosts and those that it may name. */
    private boolean isFollowed(CallFailure failure) {
        MediaSession ours = session;
        if (failure.cause().sipStatus() / 100 != 3
                || cancelledAs != null
                || redirections == MOST_REDIRECTIONS
                || ours == null) {
            return false;
        }
        for (SipUri contact : failure.signs().contacts()) {
            InetSocketAddress to = trunk.redirection(contact);
            if (to != null && isSameNumber(contact.getUser())) {
                redirections++;
                trunk.callAnswered();
                LOG.info("call={} redirected to={}", id, to);
                send(SipMessages.uri(contact.getUser(), contact.getHost(), contact.getPort()), to, ours);
                return true;
            }
        }
        return false;
    }

    /** Somebody else's number was not judged, and is not called. */
    private boolean isSameNumber(@Nullable String user) {
        return user != null
                && user.split(";", 2)[0]
                        .replaceAll("[^0-9]", "")
                        .equals("" + order.number().e164());
    }

    private void refused(CallFailure failure, Outcome reason) {
        CallCause cause = failure.cause();
        if (cause.sipStatus() == 487 && cancelledAs != null) {
            trunk.callAnswered();
            over(reason, cause, false, failure.detail());
            return;
        }
        AnswerTable.Row row = AnswerTable.of(cause.sipStatus(), cause.q850(), rang, failure.signs());
        if (cause.sipStatus() == 503 && row.fault() == Fault.TRUNK) {
            trunk.overloaded(cause.retryAfterSeconds());
        } else {
            trunk.callAnswered();
        }
        over(row.outcome(), row.fault(), cause, false, row.speaksOfCallerId(), failure.detail());
    }

    @Override
    public void ended(EndedBy by, CallCause cause) {
        if (state == State.ENDED) {
            return;
        }
        HungUpBy who = switch (by) {
            case PEER -> HungUpBy.CUSTOMER;
            case SIGNALLING -> HungUpBy.SIGNALLING;
            case US -> hungUpBy == null ? HungUpBy.US : hungUpBy;
        };
        release();
        LOG.debug("call={} hung_up_by={} q850={}", id, who, cause.q850());
        owner.emit(new CallHungUp(id, who, cause));
    }

    private void over(Outcome outcome, CallCause cause, boolean pickedUp, String detail) {
        over(outcome, outcome.usualFault(), cause, pickedUp, detail);
    }

    private void over(Outcome outcome, Fault fault, CallCause cause, boolean pickedUp, String detail) {
        over(outcome, fault, cause, pickedUp, false, detail);
    }

    private void over(
            Outcome outcome, Fault fault, CallCause cause, boolean pickedUp, boolean callerIdBlocked, String detail) {
        if (state == State.ENDED) {
            return;
        }
        release();
        LOG.debug("call={} outcome={} fault={} status={} detail=\"{}\"", id, outcome, fault, cause.sipStatus(), detail);
        owner.emit(new CallFailed(id, outcome, cause, pickedUp, fault, callerIdBlocked));
    }

    /** No byte of it has left. */
    private void notSent(NotSent why, String detail) {
        if (state == State.ENDED) {
            return;
        }
        release();
        LOG.warn("call={} not_sent={} detail=\"{}\"", id, why, detail);
        owner.emit(new CallNotSent(id, why));
    }

    private void release() {
        state = State.ENDED;
        stopRingLimit();
        partFromAgent();
        MediaSession current = session;
        if (current != null) {
            unjoin();
            current.close();
        }
        owner.remove(id);
    }

    private void limitRinging(long millis, Outcome then) {
        stopRingLimit();
        ringLimit = owner.calls().endpoint().after(millis, () -> mailbox.run(() -> cancelAs(then)));
    }

    private void stopRingLimit() {
        if (ringLimit != null) {
            ringLimit.cancel();
            ringLimit = null;
        }
    }
}
