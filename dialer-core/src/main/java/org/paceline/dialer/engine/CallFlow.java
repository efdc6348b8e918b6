package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.OptOut;

/**
 * Handles what the network tells of a call, from its ring to its one end.
 *
 * <p>Thread: engine only.
 */
final class CallFlow {
    private final EngineState state;
    private final EventContext context;
    private final CallBook calls;
    private final Matching matching;
    private final AgentMoves moves;
    private final AgentLimits limits;
    private final Billing billing;
    private final TrunkWatch trunks;

    CallFlow(
            EngineState state,
            EventContext context,
            CallBook calls,
            Matching matching,
            AgentMoves moves,
            AgentLimits limits,
            Billing billing,
            TrunkWatch trunks) {
        this.state = state;
        this.context = context;
        this.calls = calls;
        this.matching = matching;
        this.moves = moves;
        this.limits = limits;
        this.billing = billing;
        this.trunks = trunks;
    }

    void on(Event.CallRinging event) {
        Call call = calls.find(event.call(), event);
        if (call == null) {
            return;
        }
        switch (call.state()) {
            case PLANNED, DIALLING -> {
                trunks.progressed(call);
                rings(call, event.alerting());
                trunks.heard(call);
                context.touch(call.campaign().id());
            }
            case RINGING -> rings(call, event.alerting());
            case WAITING, JOINING, CONNECTED, ENDING -> state.countUnexpected(call.state(), event);
        }
    }

    /** The ring is counted from 180, or from 183 where no 180 comes. */
    private void rings(Call call, boolean alerting) {
        call.rings(context.moment(), alerting);
        call.campaign().forecast().ringing(call.id(), context.nanos());
        if (alerting) {
            trunks.rings(call);
        }
    }

    void on(Event.CallAnswered event) {
        Call call = calls.find(event.call(), event);
        if (call == null) {
            return;
        }
        switch (call.state()) {
            case PLANNED, DIALLING, RINGING -> answered(call);
            case WAITING, JOINING, CONNECTED, ENDING -> state.countUnexpected(call.state(), event);
        }
    }

    private void answered(Call call) {
        Campaign campaign = call.campaign();
        trunks.heard(call);
        if (call.state() != CallState.RINGING) {
            trunks.progressed(call);
        }
        call.answered(context.moment());
        campaign.forecast().answered(call.id(), context.nanos());
        campaign.countAnswered(context.epochMillis());
        trunks.answered(call);
        Agent agent = agentFor(call);
        calls.expectNoCall(call);
        matching.serve(call, agent);
    }

    /**
     * Returns the agent that the call was placed for, if that agent is ready and serves the campaign; else the
     * longest-idle agent.
     */
    private @Nullable Agent agentFor(Call call) {
        Agent placedFor = calls.chargedAgent(call);
        if (placedFor != null
                && placedFor.state() == AgentState.READY
                && placedFor.serves().contains(call.campaign().id())
                && call.id().equals(placedFor.expecting())) {
            return placedFor;
        }
        return call.campaign().pool().longestIdle();
    }

    void on(Event.GreetingBegan event) {
        Call call = calls.find(event.call(), event);
        if (call != null) {
            hears(call, call.greeting().began(event.answerToGreetingMillis()), event);
        }
    }

    void on(Event.GreetingEnded event) {
        Call call = calls.find(event.call(), event);
        if (call != null) {
            hears(call, call.greeting().ended(event.answerToGreetingMillis()), event);
        }
    }

    /**
     * Takes what was heard of the greeting, and reschedules the abandonment deadline of a customer without an agent.
     */
    private void hears(Call call, Greeting greeting, Event event) {
        if (!call.state().isAnswered()) {
            state.countUnexpected(call.state(), event);
            return;
        }
        matching.hears(call, greeting);
    }

    void on(Event.CallConnected event) {
        Call call = calls.find(event.call(), event);
        if (call == null) {
            return;
        }
        if (call.state() != CallState.JOINING || !event.agent().equals(call.agent())) {
            state.countUnexpected(call.state(), event);
            return;
        }
        connected(call, event.agent(), event.answerToConnectedMicros());
    }

    /** Marks the call as connected: the customer and the agent hear each other. */
    void connected(Call call, AgentId reserved, long answerToConnectedMicros) {
        matching.forget(call);
        call.connected(
                context.moment(),
                answerToConnectedMicros,
                call.campaign().settings().script());
        context.touch(call.campaign().id());
        state.answerToConnected.add(answerToConnectedMicros);
        Agent agent = state.floor.find(reserved);
        if (agent != null && call.id().equals(agent.call())) {
            if (call.attempt().chargedTo() == null) {
                agent.load().charge(context.day(), 1);
            }
            moves.talk(agent, call);
            watchTalk(agent, call);
        }
    }

    private void watchTalk(Agent agent, Call call) {
        AgentTerms terms = call.campaign().settings().agents();
        long warn = terms.talkWarnMillis();
        long end = terms.talkEndMillis();
        if (warn > 0) {
            limits.after(agent, warn, () -> {
                limits.passes(agent, Limit.TALK);
                context.emit(new Effect.WarnAgent(call.id()));
                if (end > 0) {
                    limits.after(agent, end - warn, () -> hangUp(call.id(), HangUpCause.TALK_LIMIT));
                }
            });
        } else if (end > 0) {
            limits.after(agent, end, () -> hangUp(call.id(), HangUpCause.TALK_LIMIT));
        }
    }

    void on(Event.CallFailed event) {
        Call call = calls.find(event.call(), event);
        if (call == null) {
            return;
        }
        trunks.heard(call);
        if (call.state().isAnswered()) {
            state.countUnexpected(call.state(), event);
            endAnswered(call, HungUpBy.SIGNALLING, event.cause());
            return;
        }
        if (event.pickedUp()) {
            // The person heard us hang up. For the law that is an abandoned call, whatever the reason was.
            call.answeredInVain(context.moment());
            call.campaign().forecast().answered(call.id(), context.nanos());
            call.campaign().countAnswered(context.epochMillis());
            call.campaign().countAbandoned(context.epochMillis());
            end(call, Outcome.ABANDONED, blame(event.fault()), event.cause(), 0);
            return;
        }
        if (event.outcome() == Outcome.UNWANTED) {
            optOut(call, event.cause());
        }
        end(call, event.outcome(), event.fault(), event.cause(), Billing.NOT_ANSWERED);
        if (event.callerIdBlocked()) {
            callerIdBlocked(call.attempt().order().callerId(), event.cause());
        }
    }

    private void callerIdBlocked(long callerId, CallCause cause) {
        long blocked = state.callerIds.blocked(callerId, context.epochMillis());
        if (Long.bitCount(blocked) == 1) {
            context.emit(new Effect.CallerIdBlocked(callerId, cause.sipStatus(), blocked));
        }
    }

    /** Returns the fault of a call that was picked up and then ended by us; the customer is not to blame for that. */
    private static Fault blame(Fault fault) {
        return fault == Fault.TRUNK ? Fault.TRUNK : Fault.US;
    }

    private void optOut(Call call, CallCause cause) {
        OptOut entry = new OptOut("sip:" + cause.sipStatus(), null, Long.MAX_VALUE);
        state.numbers.optOut(call.lead().number().e164(), entry);
        context.emit(new Effect.OptedOut(call.lead().number().e164(), entry, context.epochMillis()));
    }

    void on(Event.CallHungUp event) {
        Call call = calls.find(event.call(), event);
        if (call == null) {
            return;
        }
        if (!call.state().isAnswered()) {
            state.countUnexpected(call.state(), event);
            end(
                    call,
                    Outcome.CALLER_HUNG_UP,
                    Fault.CALLEE,
                    event.cause(),
                    millisSince(call.attempt().plannedAt()));
            return;
        }
        endAnswered(call, event.by(), event.cause());
    }

    private void endAnswered(Call call, HungUpBy by, CallCause cause) {
        Outcome outcome = call.endsAs();
        if (outcome == null) {
            outcome = ofAnswered(call, by);
        }
        end(call, outcome, outcome.usualFault(), cause, millisSince(call.answeredAt()));
    }

    /**
     * Returns the outcome of an answered call. Customers who were hung up on by us before an agent joined count as
     * abandoned.
     */
    private Outcome ofAnswered(Call call, HungUpBy by) {
        if (call.state() == CallState.CONNECTED) {
            return Outcome.CONNECTED;
        }
        if (by == HungUpBy.CUSTOMER) {
            return Outcome.CALLER_HUNG_UP;
        }
        call.campaign().countAbandoned(context.epochMillis());
        return Outcome.ABANDONED;
    }

    private long millisSince(Moment moment) {
        return (context.nanos() - moment.nanos()) / 1_000_000;
    }

    /**
     * Handles an agent whose line broke or who left. A call in talk is hung up; a customer who was about to be joined
     * waits for another agent.
     */
    void agentLost(CallId id) {
        Call call = state.calls.get(id);
        if (call == null) {
            return;
        }
        if (call.state() == CallState.JOINING) {
            matching.passOn(call);
        } else if (call.state() == CallState.CONNECTED) {
            hangUp(call, HangUpCause.AGENT_LINE_LOST);
        }
    }

    /** Ends the talk, if there is one. */
    void hangUp(CallId id, HangUpCause cause) {
        Call call = state.calls.get(id);
        if (call != null && call.state() == CallState.CONNECTED) {
            hangUp(call, cause);
        }
    }

    private void hangUp(Call call, HangUpCause cause) {
        call.hungUp();
        context.touch(call.campaign().id());
        context.emit(new Effect.HangUp(call.id(), cause));
    }

    /** Ends what is still live when a drain takes too long. */
    void endAll() {
        for (Call call : state.calls.values().toArray(Call[]::new)) {
            switch (call.state()) {
                case PLANNED -> {} // goes back once it is stored
                case DIALLING, RINGING -> context.emit(new Effect.CancelCall(call.id()));
                case WAITING -> matching.abandon(call);
                case JOINING -> {
                    if (call.ring() != null) {
                        matching.abandon(call);
                    } else {
                        matching.forget(call);
                        call.campaign().countAbandoned(context.epochMillis());
                        call.abandonedWhileJoined();
                        context.touch(call.campaign().id());
                        context.emit(new Effect.HangUp(call.id(), HangUpCause.DRAIN_TIMEOUT));
                    }
                }
                case CONNECTED -> hangUp(call, HangUpCause.DRAIN_TIMEOUT);
                case ENDING -> {}
            }
        }
    }

    /** @param answeredMillis how long the carrier charges for, or {@link Billing#NOT_ANSWERED} */
    private void end(Call call, Outcome outcome, Fault fault, CallCause cause, long answeredMillis) {
        Campaign campaign = call.campaign();
        remember(call, outcome);
        trunks.ended(call, outcome, fault, cause);
        trunks.counted(call, outcome, fault, Math.max(0, answeredMillis));
        calls.leave(call);
        state.numbers.release(call.lead().number().e164());
        campaign.countOutcome(outcome);
        CallerIdHealth changed = state.callerIds.ended(call.attempt().order().callerId(), call.wasAnswered());
        if (changed != null) {
            context.emit(new Effect.CallerIdAnswers(changed));
        }
        LeadNext decided = call.decided();
        LeadNext next = decided == null
                ? campaign.settings()
                        .retries()
                        .after(
                                outcome,
                                fault,
                                call.lead().tries() + 1,
                                call.lead().faults(),
                                context.epochMillis())
                : decided;
        Callback callback = call.lead().callback();
        context.emit(new Effect.AttemptEnded(
                call.details(outcome, fault, cause, context.moment(), billing.settle(call, answeredMillis)),
                next,
                callback == null ? null : callback.id()));
        if (call.agent() != null) {
            matching.callOver(call.agent(), call);
        }
    }

    /** Remembers the end of the call for later dials to the number and for the policies' shares of abandoned calls. */
    private void remember(Call call, Outcome outcome) {
        AttemptHistory history = state.numbers.history(call.lead().number().e164());
        history.add(call.attempt().plannedAt().epochMillis());
        switch (outcome) {
            case CONNECTED -> history.conversation(context.epochMillis());
            case ABANDONED -> history.abandoned(context.epochMillis());
            case MACHINE, FAX -> call.campaign().abandonments().answeredByMachine(context.epochMillis());
            case NO_ANSWER,
                    BUSY,
                    INVALID_NUMBER,
                    REJECTED,
                    UNWANTED,
                    CONGESTION,
                    TRUNK_FAILED,
                    CANCELLED,
                    CALLER_HUNG_UP,
                    INTERRUPTED -> {}
        }
    }
}
