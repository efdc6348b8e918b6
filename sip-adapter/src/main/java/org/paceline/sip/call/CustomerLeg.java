package org.paceline.sip.call;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.call.LegEnd.Failed;
import org.paceline.sip.call.LegEnd.HungUp;
import org.paceline.sip.call.LegEnd.NeverSent;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.CallListener;
import org.paceline.sip.dialog.EndedBy;
import org.paceline.sip.dialog.Mailbox;
import org.paceline.sip.line.PhoneCall;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.trunk.Destination;
import org.paceline.sip.trunk.TrunkProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One customer's leg, from the dial to its one ending.
 *
 * <table> <caption>What brings it from state to state</caption>
 * <tr><th>from</th><th>what happens</th><th>to</th></tr>
 * <tr><td>DIALLING</td><td>{@link #answered}</td><td>ANSWERED</td></tr>
 * <tr><td>DIALLING</td><td>it could not be sent; {@link #failed}, unless it goes
 * on elsewhere</td><td>ENDED</td></tr>
 * <tr><td>ANSWERED</td><td>{@link #ended}</td><td>ENDED</td></tr>
 * <tr><td>any</td><td>{@link #abandon}; a task failed</td><td>ENDED</td></tr>
 * </table>
 *
 * <p>A cancel or hang-up of ours changes no state by itself: the leg ends when the network says so.
 *
 * <p>Its parts: {@link CustomerMedia} (what the customer hears), {@link AgentJoins} (the agents joined), {@link
 * RingLimit}, {@link Placing} (at which address), {@link LegEnd} (how it ended).
 *
 * <p>Thread: any; the state is only used within its {@link Mailbox}; its events are published there too, so that they
 * are in order.
 */
final class CustomerLeg implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerLeg.class);

    private enum State {
        DIALLING,
        ANSWERED,
        ENDED
    }

    private final CallId id;
    private final DialOrder order;
    private final TrunkProbe trunk;
    private final LegSurroundings around;
    private final Runnable over;
    private final Mailbox mailbox = new Mailbox(this::taskFailed);
    private final RingLimit ringLimit;
    private final Placing placing;

    private State state = State.DIALLING;
    private boolean rang;
    private @Nullable CustomerMedia media;
    private @Nullable AgentJoins agents;
    private @Nullable Outcome cancelledAs;
    private @Nullable HungUpBy hungUpBy;

    /** @param over runs once, when the leg has ended */
    CustomerLeg(CallId id, DialOrder order, TrunkProbe trunk, LegSurroundings around, Runnable over) {
        this.id = id;
        this.order = order;
        this.trunk = trunk;
        this.around = around;
        this.over = over;
        ringLimit = new RingLimit(order.ringLimitMillis(), around.calls().endpoint(), mailbox, this::cancelAs);
        placing = new Placing(id, order, trunk, around, this, mailbox);
    }

    // ---- what the engine asks for

    void dial() {
        mailbox.run(this::place);
    }

    void cancel() {
        mailbox.run(() -> cancelAs(Outcome.CANCELLED));
    }

    /** Does the same as {@link AgentJoins#connect}. */
    void connect(AgentId agent, Supplier<@Nullable PhoneCall> agentLine) {
        withAgents(joins -> joins.connect(agent, agentLine));
    }

    /** Does the same as {@link AgentJoins#ring}. */
    void ringAgent(AgentRing ring, AgentAddress at) {
        withAgents(joins -> joins.ring(ring, at));
    }

    void stopRinging(AgentRing ring) {
        withAgents(joins -> joins.stopRinging(ring));
    }

    void warnAgent() {
        whileAnswered(CustomerMedia::warnAgent);
    }

    void record() {
        whileAnswered(CustomerMedia::record);
    }

    /** Plays the announcement, then hangs up. */
    void announce(Announcement announcement) {
        whileAnswered(ours ->
                ours.announce(announcement, () -> mailbox.run(() -> hangUpAs(HungUpBy.ANNOUNCEMENT_END))));
    }

    void hangUp() {
        mailbox.run(() -> hangUpAs(HungUpBy.US));
    }

    /** Ends the leg in whatever state it is. */
    void shutDown() {
        mailbox.run(() -> {
            cancelAs(Outcome.CANCELLED);
            hangUpAs(HungUpBy.US);
        });
    }

    /** Ends a leg that is still there when the network is closed, whatever the other side does. */
    void abandon() {
        mailbox.run(() -> {
            if (state == State.ANSWERED) {
                ended(EndedBy.US, CallCause.NONE);
            } else if (!placing.isPlaced()) {
                end(new NeverSent(NotSent.CANCELLED, "closed before it was placed"));
            } else {
                end(Failed.as(Outcome.CANCELLED, CallCause.NONE, "closed"));
            }
        });
    }

    /** Ends the leg, and what there is of the call at the other side, after a task of either, or of the agent's phone. */
    private void taskFailed(Throwable thrown) {
        LOG.error("call={} event=ends reason=\"a task failed\"", id, thrown);
        if (state == State.ENDED) {
            return;
        }
        cancelledAs = Outcome.TRUNK_FAILED;
        hungUpBy = HungUpBy.SIGNALLING;
        placing.cancel();
        placing.hangUp();
        mailbox.run(() -> {
            String detail = "a task failed: " + thrown;
            if (state == State.ANSWERED) {
                end(new HungUp(HungUpBy.SIGNALLING, CallCause.NONE));
            } else if (!placing.isPlaced()) {
                end(new NeverSent(NotSent.SEND_FAILED, detail));
            } else {
                end(Failed.as(Outcome.TRUNK_FAILED, CallCause.NONE, detail));
            }
        });
    }

    private void place() {
        if (cancelledAs != null) {
            end(new NeverSent(NotSent.CANCELLED, "cancelled before it was placed"));
            return;
        }
        Destination first = placing.first();
        if (first == null) {
            end(new NeverSent(trunk.hasAddress() ? NotSent.TRUNK_DOWN : NotSent.NO_ADDRESS, trunk.obstacle()));
            return;
        }
        CustomerMedia opened;
        try {
            opened = CustomerMedia.open(id, order, around.media(), first.hop().address(), this::mediaLost);
        } catch (IOException e) {
            end(new NeverSent(NotSent.NO_RTP_PORT, String.valueOf(e.getMessage())));
            return;
        }
        media = opened;
        ringLimit.dialled(trunk.tellsRinging() ? Outcome.TRUNK_FAILED : Outcome.NO_ANSWER);
        placing.send(first, opened);
    }

    private void cancelAs(Outcome outcome) {
        if (state != State.DIALLING || cancelledAs != null) {
            return;
        }
        cancelledAs = outcome;
        ringLimit.stop();
        placing.cancel();
    }

    private void hangUpAs(HungUpBy by) {
        if (state == State.ANSWERED && hungUpBy == null) {
            hungUpBy = by;
            placing.hangUp();
        }
    }

    /** Hangs up a customer who sent no RTP for the time-out and did not hold the call. */
    private void mediaLost() {
        mailbox.run(() -> hangUpAs(HungUpBy.MEDIA_TIMEOUT));
    }

    // ---- what the network says

    @Override
    public void provisional(int status) {
        placing.provisional(status);
    }

    @Override
    public void ringing(boolean alerting) {
        trunk.callRings();
        rang = true;
        if (state == State.DIALLING && cancelledAs == null) {
            ringLimit.rings();
            around.emit(new CallRinging(id, alerting));
        }
    }

    @Override
    public void answered(RemoteAudio audio, long arrivedNanos) {
        placing.answered();
        if (state == State.ENDED) {
            return;
        }
        ringLimit.stop();
        state = State.ANSWERED;
        CustomerMedia ours = Objects.requireNonNull(media, "media");
        agents = new AgentJoins(id, ours, around, mailbox, arrivedNanos);
        ours.described(audio);
        if (order.awaitsGreeting()) {
            ours.awaitGreeting(new GreetingEvents(id, arrivedNanos, event -> whileAnswered(_ -> around.emit(event))));
        }
        around.emit(new CallAnswered(id));
    }

    @Override
    public void mediaChanged(RemoteAudio audio) {
        if (media != null) {
            media.described(audio);
        }
    }

    @Override
    public void failed(CallFailure failure) {
        boolean isWanted = state == State.DIALLING && cancelledAs == null;
        if (!placing.goesOn(failure, LegEnd.of(failure, cancelledAs, rang), isWanted, media)) {
            end(LegEnd.of(placing.told(failure), cancelledAs, rang));
        }
    }

    @Override
    public void ended(EndedBy by, CallCause cause) {
        HungUpBy who = switch (by) {
            case PEER -> HungUpBy.CUSTOMER;
            case SIGNALLING -> HungUpBy.SIGNALLING;
            case US -> hungUpBy == null ? HungUpBy.US : hungUpBy;
        };
        end(new HungUp(who, cause));
    }

    /** Ends the leg; this is the only way to its end. */
    private void end(LegEnd end) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        ringLimit.stop();
        placing.over();
        if (agents != null) {
            agents.end();
        }
        if (media != null) {
            media.close();
        }
        over.run();
        LOG.atLevel(end instanceof NeverSent ? Level.WARN : Level.DEBUG)
                .addArgument(id)
                .addArgument(end::words)
                .log("call={} {}");
        around.emit(end.event(id));
    }

    private void withAgents(Consumer<AgentJoins> work) {
        mailbox.run(() -> {
            if (state == State.ANSWERED && agents != null) {
                work.accept(agents);
            }
        });
    }

    private void whileAnswered(Consumer<CustomerMedia> work) {
        mailbox.run(() -> {
            if (state == State.ANSWERED && media != null) {
                work.accept(media);
            }
        });
    }
}
