package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.time.Timers;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.OptOut;

/**
 * The state machine of a call: from its plan to its one end.
 *
 * <p>Thread: engine only.
 */
final class CallFlow {
    private static final long STAND_IN_MILLIS = 60_000;

    private final EngineState world;
    private final EventContext turn;
    private final AgentDesk desk;
    private final AgentRings rings;
    private final Billing billing;
    private final TrunkWatch trunks;

    CallFlow(EngineState world, EventContext turn, AgentDesk desk, Billing billing) {
        this.world = world;
        this.turn = turn;
        this.desk = desk;
        this.billing = billing;
        this.trunks = new TrunkWatch(world, turn);
        this.rings = new AgentRings(world, turn, this, desk);
    }

    AgentRings rings() {
        return rings;
    }

    /** A judged call begins; its lead is out of the list, its trunk's channel is taken. */
    void begin(Call call) {
        world.calls.put(call.id(), call);
        world.numbers.onCall(call.lead().number().e164(), true);
        world.journal.planned(turn.nanos());
        call.campaign().count(CallState.PLANNED, 1);
        world.floor.pool(call.campaign().id()).addLines(1);
        Agent own = chargedAgent(call);
        call.campaign()
                .forecast()
                .placed(call.id(), PacingView.group(call.lead()), own != null && own.isKeptFree(), turn.nanos());
        turn.emit(new Effect.PlaceCall(call.attempt()));
    }

    /** It is recorded and still right. */
    void dial(Call call) {
        call.dialledAt(turn.moment());
        enter(call, CallState.DIALLING);
        turn.emit(new Effect.Dial(call.id(), call.attempt().order()));
    }

    /** It is not made: undoes what its plan did in all books, but for the lead. */
    void withdraw(Call call) {
        Agent charged = chargedAgent(call);
        long plannedDay = turn.dayOf(call.attempt().plannedAt());
        if (charged != null) {
            world.floor.uncharge(charged, plannedDay);
        }
        call.campaign().uncountPlaced(plannedDay);
        call.campaign().forecast().notSent(call.id());
        leave(call);
        billing.release(call);
    }

    /** The database knows better: the lead is judged again with what it knows. */
    void on(Event.AttemptRefused event) {
        world.journal.recorded(1);
        Call call = world.calls.get(event.call());
        if (call == null) {
            world.countUnknown(event);
            return;
        }
        withdraw(call);
        Agent charged = chargedAgent(call);
        if (charged != null && event.ruleId().equals("cap.agent-day")) {
            world.floor.charge(charged, turn.day(), Placement.REST_OF_THE_DAY);
        }
        long number = call.lead().number().e164();
        world.numbers.learn(number, event.attemptsEpochMillis());
        switch (event.ruleId()) {
            case "in-flight" -> call.campaign().list().hold(call.lead(), turn.nanos() + Placement.HOLD_NANOS);
            case "optout" -> holdBack(call, OptOut.Kind.REQUEST);
            case "complaint" -> holdBack(call, OptOut.Kind.COMPLAINT);
            case "cap.campaign-day" -> {
                call.campaign().countPlaced(turn.day(), Placement.REST_OF_THE_DAY);
                call.campaign().list().putBack(call.lead());
            }
            case Billing.BUDGET_MONTH -> {
                billing.refused(call.campaign(), event.spentElsewhere());
                call.campaign().list().putBack(call.lead());
            }
            default -> call.campaign().list().putBack(call.lead());
        }
    }

    /** A stand-in until the entry itself has come from the database, which names its source and expiry. */
    private void holdBack(Call call, OptOut.Kind kind) {
        long until = turn.epochMillis() + STAND_IN_MILLIS;
        world.numbers.optOut(
                call.lead().number().e164(),
                new OptOut("database", call.campaign().id().value(), until, kind));
        call.campaign().list().putBack(call.lead());
    }

    void on(Event.CallRinging event) {
        Call call = find(event.call(), event);
        if (call == null) {
            return;
        }
        switch (call.state()) {
            case PLANNED, DIALLING -> {
                rings(call, event.alerting());
                trunks.heard(call);
                enter(call, CallState.RINGING);
            }
            case RINGING -> rings(call, event.alerting());
            case WAITING, JOINING, CONNECTED, ENDING -> world.countUnexpected(call.state(), event);
        }
    }

    /** The ring is counted from 180, or from 183 where no 180 comes. */
    private void rings(Call call, boolean alerting) {
        call.ringingAt(turn.moment(), alerting);
        call.campaign().forecast().ringing(call.id(), turn.nanos());
        if (alerting) {
            trunks.rings(call);
        }
    }

    void on(Event.CallAnswered event) {
        Call call = find(event.call(), event);
        if (call == null) {
            return;
        }
        switch (call.state()) {
            case PLANNED, DIALLING, RINGING -> answered(call);
            case WAITING, JOINING, CONNECTED, ENDING -> world.countUnexpected(call.state(), event);
        }
    }

    private void answered(Call call) {
        Campaign campaign = call.campaign();
        trunks.heard(call);
        call.answeredAt(turn.moment());
        campaign.forecast().answered(call.id(), turn.nanos());
        campaign.countAnswered(turn.epochMillis());
        trunks.answered(call);
        Agent agent = agentFor(call);
        expectNoCall(call);
        if (agent != null) {
            enter(call, CallState.WAITING);
            join(call, agent);
        } else {
            enter(call, CallState.WAITING);
            call.campaign().waiting().addLast(call);
            watchTime(call);
        }
    }

    /** The agent it was placed for where that one is ready and serves the campaign, else the longest idle. */
    private @Nullable Agent agentFor(Call call) {
        Agent placedFor = chargedAgent(call);
        if (placedFor != null
                && placedFor.state() == AgentState.READY
                && placedFor.serves().contains(call.campaign().id())
                && call.id().equals(placedFor.expecting())) {
            return placedFor;
        }
        return world.floor.pool(call.campaign().id()).longestIdle();
    }

    /** The moment up to which the customer may be without an agent, monotonic. */
    long waitsUntilNanos(Call call) {
        return call.answeredAt().nanos() + call.waitsAtMostMillis() * 1_000_000;
    }

    private void watchTime(Call call) {
        call.abandonmentTimer(world.timers.schedule(waitsUntilNanos(call), () -> abandon(call)));
    }

    void on(Event.GreetingBegan event) {
        Call call = find(event.call(), event);
        if (call != null) {
            hears(call, call.greeting().began(event.answerToGreetingMillis()), event);
        }
    }

    void on(Event.GreetingEnded event) {
        Call call = find(event.call(), event);
        if (call != null) {
            hears(call, call.greeting().ended(event.answerToGreetingMillis()), event);
        }
    }

    /** Who is without an agent may now wait until another moment. */
    private void hears(Call call, Greeting greeting, Event event) {
        if (!call.state().isAnswered()) {
            world.countUnexpected(call.state(), event);
            return;
        }
        call.greeting(greeting);
        if (call.abandonmentTimer() != Timers.NONE) {
            forgetTime(call);
            watchTime(call);
        }
    }

    private void join(Call call, Agent agent) {
        call.agent(agent.id());
        enter(call, CallState.JOINING);
        desk.reserve(agent, call);
        watchTime(call);
        AgentAddress phone = agent.rungAt();
        if (phone == null) {
            turn.emit(new Effect.Connect(call.id(), agent.id()));
        } else {
            rings.begin(call, agent, phone);
        }
    }

    /** An agent came free: of the customers waiting for one, the one who has waited longest is joined. */
    void serveLongestWaiting(Agent agent) {
        Call longest = null;
        for (CampaignId id : agent.serves()) {
            Campaign campaign = world.campaigns.get(id);
            Call first = campaign == null ? null : campaign.waiting().peekFirst();
            if (first != null
                    && (longest == null
                            || first.answeredAt().nanos() < longest.answeredAt().nanos())) {
                longest = first;
            }
        }
        if (longest != null) {
            stopWaiting(longest);
            join(longest, agent);
        }
    }

    private void stopWaiting(Call call) {
        call.campaign().waiting().remove(call);
        forgetTime(call);
    }

    private void forgetTime(Call call) {
        world.timers.cancel(call.abandonmentTimer());
        call.abandonmentTimer(Timers.NONE);
    }

    private void abandon(Call call) {
        Agent rung = rings.stop(call);
        AgentId unproven = rung == null ? call.agent() : null;
        stopWaiting(call);
        call.agent(null);
        call.campaign().countAbandoned(turn.epochMillis());
        call.endsAs(Outcome.ABANDONED);
        enter(call, CallState.ENDING);
        Announcement message = call.campaign().settings().abandonmentMessage();
        turn.emit(
                message == null
                        ? new Effect.HangUp(call.id(), HangUpCause.ABANDONED)
                        : new Effect.Announce(call.id(), message));
        if (rung != null) {
            rings.outOfTime(rung, call);
        } else if (unproven != null) {
            // Joined with a standing line whose phone did not show in time that it is there.
            desk.callOver(unproven, call);
        }
    }

    void on(Event.CallConnected event) {
        Call call = find(event.call(), event);
        if (call == null) {
            return;
        }
        if (call.state() != CallState.JOINING || !event.agent().equals(call.agent())) {
            world.countUnexpected(call.state(), event);
            return;
        }
        connected(call, event.agent(), event.answerToConnectedMicros());
    }

    void connected(Call call, AgentId agent, long answerToConnectedMicros) {
        forgetTime(call);
        enter(call, CallState.CONNECTED);
        call.connected(
                turn.moment(),
                answerToConnectedMicros,
                call.campaign().settings().script());
        world.answerToConnected.record(answerToConnectedMicros);
        desk.talks(agent, call, call.attempt().chargedTo() == null);
    }

    void on(Event.CallFailed event) {
        Call call = find(event.call(), event);
        if (call == null) {
            return;
        }
        trunks.heard(call);
        if (call.state().isAnswered()) {
            world.countUnexpected(call.state(), event);
            endAnswered(call, HungUpBy.SIGNALLING, event.cause());
            return;
        }
        if (event.pickedUp()) {
            // The person heard us hang up: for the law that is an abandoned call, whatever was the matter.
            call.answeredAt(turn.moment());
            call.campaign().forecast().answered(call.id(), turn.nanos());
            call.campaign().countAnswered(turn.epochMillis());
            call.campaign().countAbandoned(turn.epochMillis());
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
        long blocked = world.callerIds.blocked(callerId, turn.epochMillis());
        if (Long.bitCount(blocked) == 1) {
            turn.emit(new Effect.CallerIdBlocked(callerId, cause.sipStatus(), blocked));
        }
    }

    /** Who picked up is not to blame for being hung up on. */
    private static Fault blame(Fault fault) {
        return fault == Fault.TRUNK ? Fault.TRUNK : Fault.US;
    }

    private void optOut(Call call, CallCause cause) {
        OptOut entry = new OptOut("sip:" + cause.sipStatus(), null, Long.MAX_VALUE);
        world.numbers.optOut(call.lead().number().e164(), entry);
        turn.emit(new Effect.OptedOut(call.lead().number().e164(), entry, turn.epochMillis()));
    }

    void on(Event.CallHungUp event) {
        Call call = find(event.call(), event);
        if (call == null) {
            return;
        }
        if (!call.state().isAnswered()) {
            world.countUnexpected(call.state(), event);
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

    /** Who was hung up on by us before an agent was joined was abandoned, whatever was the matter. */
    private Outcome ofAnswered(Call call, HungUpBy by) {
        if (call.state() == CallState.CONNECTED) {
            return Outcome.CONNECTED;
        }
        if (by == HungUpBy.CUSTOMER) {
            return Outcome.CALLER_HUNG_UP;
        }
        call.campaign().countAbandoned(turn.epochMillis());
        return Outcome.ABANDONED;
    }

    private long millisSince(Moment moment) {
        return (turn.nanos() - moment.nanos()) / 1_000_000;
    }

    /** The agent's line broke, or the agent left. Who talks is hung up; who was about to be joined waits for another agent. */
    void agentLost(CallId id) {
        Call call = world.calls.get(id);
        if (call == null) {
            return;
        }
        if (call.state() == CallState.JOINING) {
            rings.stop(call);
            passOn(call);
        } else if (call.state() == CallState.CONNECTED) {
            hangUp(call, HangUpCause.AGENT_LINE_LOST);
        }
    }

    /** To another agent at once, else the customer waits, before those who answered later, for what is left of the time. */
    void passOn(Call call) {
        call.agent(null);
        forgetTime(call);
        enter(call, CallState.WAITING);
        if (turn.nanos() - waitsUntilNanos(call) >= 0) {
            abandon(call);
            return;
        }
        Agent other = world.floor.pool(call.campaign().id()).longestIdle();
        if (other != null) {
            join(call, other);
        } else {
            call.campaign().waiting().addFirst(call);
            watchTime(call);
        }
    }

    void agentHangsUp(CallId id) {
        Call call = world.calls.get(id);
        if (call != null && call.state() == CallState.CONNECTED) {
            hangUp(call, HangUpCause.AGENT_HUNG_UP);
        }
    }

    /** The campaign lets no talk last longer. */
    void talkIsOver(CallId id) {
        Call call = world.calls.get(id);
        if (call != null && call.state() == CallState.CONNECTED) {
            hangUp(call, HangUpCause.TALK_LIMIT);
        }
    }

    private void hangUp(Call call, HangUpCause cause) {
        call.endsAs(Outcome.CONNECTED);
        enter(call, CallState.ENDING);
        turn.emit(new Effect.HangUp(call.id(), cause));
    }

    /** Ends what is still live when a drain takes too long. */
    void endAll() {
        for (Call call : world.calls.values().toArray(Call[]::new)) {
            switch (call.state()) {
                case PLANNED -> {} // goes back once it is recorded
                case DIALLING, RINGING -> turn.emit(new Effect.CancelCall(call.id()));
                case WAITING -> abandon(call);
                case JOINING -> {
                    if (call.ring() != null) {
                        abandon(call);
                    } else {
                        call.campaign().countAbandoned(turn.epochMillis());
                        call.endsAs(Outcome.ABANDONED);
                        turn.emit(new Effect.HangUp(call.id(), HangUpCause.DRAIN_TIMEOUT));
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
        leave(call);
        world.numbers.release(call.lead().number().e164());
        campaign.countOutcome(outcome);
        world.callerIds.ended(call.attempt().order().callerId(), call.wasAnswered());
        LeadNext decided = call.decided();
        LeadNext next = decided == null
                ? campaign.settings()
                        .retries()
                        .after(
                                outcome,
                                fault,
                                call.lead().tries() + 1,
                                call.lead().faults(),
                                turn.epochMillis())
                : decided;
        Callback callback = call.lead().callback();
        turn.emit(new Effect.AttemptEnded(
                call.record(outcome, fault, cause, turn.moment(), billing.settle(call, answeredMillis)),
                next,
                callback == null ? null : callback.id()));
        if (call.agent() != null) {
            desk.callOver(call.agent(), call);
        }
    }

    /** What later dials to the number, and the policies' shares of abandoned calls, must know. */
    private void remember(Call call, Outcome outcome) {
        AttemptHistory history = world.numbers.history(call.lead().number().e164());
        history.add(call.attempt().plannedAt().epochMillis());
        switch (outcome) {
            case CONNECTED -> history.conversation(turn.epochMillis());
            case ABANDONED -> history.abandoned(turn.epochMillis());
            case MACHINE, FAX -> call.campaign().abandonments().answeredByMachine(turn.epochMillis());
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

    /** There would be no agent for it. */
    void giveUp(CallId id) {
        Call call = world.calls.get(id);
        if (call != null && call.state() == CallState.RINGING) {
            call.campaign().forecast().givenUp(id, turn.nanos());
            turn.emit(new Effect.CancelCall(id));
        }
    }

    /** Takes the call out of all books but the number's. */
    private void leave(Call call) {
        call.campaign().forecast().failed(call.id(), turn.nanos());
        if (call.state() == CallState.WAITING) {
            world.floor.pool(call.campaign().id()).addWaiting(-1);
            call.campaign().waiting().remove(call);
        }
        forgetTime(call);
        world.calls.remove(call.id());
        call.campaign().count(call.state(), -1);
        if (call.state().isUnassigned()) {
            world.floor.pool(call.campaign().id()).addLines(-1);
        }
        Trunk trunk = world.trunks.find(call.attempt().order().trunk());
        if (trunk != null) {
            trunk.release(call.id());
        }
        world.numbers.onCall(call.lead().number().e164(), false);
        Agent keptFree = keptFreeFor(call);
        expectNoCall(call);
        if (keptFree != null && keptFree.state() == AgentState.READY) {
            serveLongestWaiting(keptFree);
        }
        world.floor.pool(call.campaign().id()).forEachSharing(turn::touch);
    }

    private void enter(Call call, CallState next) {
        Campaign campaign = call.campaign();
        campaign.count(call.state(), -1);
        campaign.count(next, 1);
        if (call.state().isUnassigned() != next.isUnassigned()) {
            world.floor.pool(campaign.id()).addLines(next.isUnassigned() ? 1 : -1);
        }
        int waits = (next == CallState.WAITING ? 1 : 0) - (call.state() == CallState.WAITING ? 1 : 0);
        if (waits != 0) {
            world.floor.pool(campaign.id()).addWaiting(waits);
        }
        call.state(next);
        turn.touch(campaign.id());
    }

    private void expectNoCall(Call call) {
        Agent placedFor = chargedAgent(call);
        if (placedFor != null && call.id().equals(placedFor.expecting())) {
            world.floor.expectNoCall(placedFor, turn.day());
            placedFor.campaigns().forEach(turn::touch);
        }
    }

    /** Who was kept free for the call, which is over, or null. */
    private @Nullable Agent keptFreeFor(Call call) {
        Agent placedFor = chargedAgent(call);
        boolean isKept =
                placedFor != null && placedFor.isKeptFree() && call.id().equals(placedFor.expecting());
        return isKept ? placedFor : null;
    }

    @Nullable
    Agent chargedAgent(Call call) {
        return call.attempt().chargedTo() == null
                ? null
                : world.floor.find(call.attempt().chargedTo());
    }

    private @Nullable Call find(CallId id, Event event) {
        Call call = world.calls.get(id);
        if (call == null) {
            world.countUnknown(event);
        }
        return call;
    }
}
