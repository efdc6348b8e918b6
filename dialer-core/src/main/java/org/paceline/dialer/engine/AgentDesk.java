package org.paceline.dialer.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Agent.Intent;
import org.paceline.dialer.state.Call;

/**
 * The state machine of an agent: what agents ask for, what their lines do, and what calls make of them.
 *
 * <p>Thread: engine only.
 */
final class AgentDesk {
    private static final Pause SIGNED_IN = Pause.bySystem("signed in");

    private final EngineState world;
    private final EventContext turn;
    private final CallFlow calls;
    private final AgentLimits limits;
    private final Breaks breaks;
    private final CallResults results;
    private final Eligibility eligibility;
    private final Shifts shifts;

    AgentDesk(EngineState world, EventContext turn, Billing billing) {
        this.world = world;
        this.turn = turn;
        this.calls = new CallFlow(world, turn, this, billing);
        this.limits = new AgentLimits(world, turn);
        this.breaks = new Breaks(world, turn, limits);
        this.results = new CallResults(world, turn);
        this.eligibility = new Eligibility(world, turn, calls);
        this.shifts = new Shifts(world, turn, this);
    }

    CallFlow calls() {
        return calls;
    }

    Shifts shifts() {
        return shifts;
    }

    Eligibility eligibility() {
        return eligibility;
    }

    // ---- commands

    CommandResult command(AgentId id, AgentCommand command) {
        Agent agent = world.floor.find(id);
        if (command instanceof AgentCommand.SignIn signIn) {
            return signIn(id, agent, signIn);
        }
        if (agent == null || agent.state() == AgentState.SIGNED_OUT) {
            return new CommandResult.Refused("agent " + id + " is not signed in: sign in first");
        }
        return switch (command) {
            case AgentCommand.SignIn again -> throw new IllegalStateException("handled above: " + again);
            case AgentCommand.SignOut signOut -> signOut(agent);
            case AgentCommand.Ready ready -> ready(agent);
            case AgentCommand.Pause pause -> pause(agent, pause);
            case AgentCommand.EndWrapUp end -> endWrapUp(agent, end);
            case AgentCommand.Dispose dispose -> dispose(agent, dispose);
            case AgentCommand.CallBack asked -> callBack(agent, asked);
            case AgentCommand.Note note -> note(agent, note);
            case AgentCommand.StartRecording record -> record(agent, record.call());
            case AgentCommand.HangUp hangUp -> hangUp(agent, hangUp.call());
        };
    }

    private CommandResult signIn(AgentId id, @Nullable Agent known, AgentCommand.SignIn command) {
        if (known != null && known.state() != AgentState.SIGNED_OUT) {
            return new CommandResult.Refused("agent " + id + " is signed in already: sign out first");
        }
        if (command.campaigns().isEmpty()) {
            return new CommandResult.Refused("agent " + id + " has no campaign: name at least one");
        }
        if (world.draining()) {
            return new CommandResult.Refused("the dialer is shutting down: sign in when it is up again");
        }
        Map<CampaignId, String> leftOut = eligibility.leftOut(id, command.campaigns());
        if (leftOut.size() == command.campaigns().size()) {
            return new CommandResult.Refused(
                    "agent " + id + " may serve none of the campaigns: " + Eligibility.written(leftOut));
        }
        Agent agent = world.floor.signIn(id, command, leftOut, turn.day(), turn.moment());
        if (command.address().line() == LineKind.PER_CALL) {
            agent.rungAt(command.address());
            pauseNow(agent, SIGNED_IN);
        } else {
            agent.rungAt(null);
            turn.emit(new Effect.OpenLine(id, command.address()));
            changed(agent);
        }
        shifts.begin(agent);
        return leftOut.isEmpty() ? done(agent) : new CommandResult.Done(agent.state(), Eligibility.notServed(leftOut));
    }

    private CommandResult signOut(Agent agent) {
        switch (agent.state()) {
            case RESERVED -> signOutReserved(agent);
            case TALKING -> agent.intent(new Intent.SignOutNext());
            case LINE_CONNECTING, READY, WRAP_UP, PAUSED -> signOutNow(agent);
            case SIGNED_OUT -> throw new IllegalStateException("agent=" + agent.id() + ": is signed out");
        }
        return done(agent);
    }

    /** A line is joined within milliseconds; a phone that rings must not have the customer wait for who has left. */
    private void signOutReserved(Agent agent) {
        CallId call = agent.call();
        if (agent.rungAt() == null || call == null) {
            agent.intent(new Intent.SignOutNext());
        } else {
            signOutNow(agent);
            calls.agentLost(call);
        }
    }

    private void signOutNow(Agent agent) {
        signOutNow(agent, null);
    }

    /** @param reason why the dialer does it, or null where it was asked for */
    void signOutNow(Agent agent, @Nullable String reason) {
        if (agent.rungAt() == null) {
            turn.emit(new Effect.CloseLine(agent.id()));
        }
        shifts.end(agent, reason);
        move(agent, AgentState.SIGNED_OUT, reason);
    }

    private CommandResult ready(Agent agent) {
        switch (agent.state()) {
            case PAUSED, WRAP_UP -> {
                agent.intent(null);
                becomeReady(agent);
            }
            case LINE_CONNECTING -> {
                breaks.end(agent);
                agent.intent(new Intent.ReadyNext());
            }
            case RESERVED, TALKING -> agent.intent(null);
            case READY, SIGNED_OUT -> {}
        }
        return done(agent);
    }

    private CommandResult pause(Agent agent, AgentCommand.Pause asked) {
        String refusal = breaks.refusal(agent, asked);
        if (refusal != null) {
            return new CommandResult.Refused(refusal);
        }
        Pause pause = breaks.pause(asked);
        switch (agent.state()) {
            case READY, WRAP_UP, PAUSED -> {
                agent.intent(null);
                pauseNow(agent, pause);
            }
            case RESERVED, TALKING, LINE_CONNECTING -> agent.intent(new Intent.PauseNext(pause));
            case SIGNED_OUT -> {}
        }
        return done(agent);
    }

    private CommandResult endWrapUp(Agent agent, AgentCommand.EndWrapUp end) {
        CallId named = end.call();
        if (agent.state() != AgentState.WRAP_UP) {
            return new CommandResult.Refused(where(agent) + ": there is no wrap-up to end"
                    + (end.disposition() == null ? "" : "; send the disposition of call " + named + " by itself"));
        }
        if (named != null && !named.equals(agent.call())) {
            return notThatCall(agent, named);
        }
        CommandResult said = named == null || end.disposition() == null
                ? done(agent)
                : dispose(agent, new AgentCommand.Dispose(named, end.disposition()));
        if (said instanceof CommandResult.Refused) {
            return said;
        }
        goOn(agent);
        return done(agent);
    }

    private CommandResult dispose(Agent agent, AgentCommand.Dispose asked) {
        Call call = agent.talkedOn(asked.call());
        if (call == null) {
            return notThatCall(agent, asked.call());
        }
        return results.dispose(call, agent.id(), asked.disposition())
                ? done(agent)
                : results.unknown(call, asked.disposition());
    }

    private CommandResult callBack(Agent agent, AgentCommand.CallBack asked) {
        Call call = agent.talkedOn(asked.call());
        return call == null ? notThatCall(agent, asked.call()) : results.promise(call, agent, asked);
    }

    private CommandResult note(Agent agent, AgentCommand.Note asked) {
        Call call = agent.talkedOn(asked.call());
        return call == null ? notThatCall(agent, asked.call()) : results.note(call, agent, asked.text());
    }

    private CommandResult record(Agent agent, CallId named) {
        if (!isTalkingOn(agent, named)) {
            return notThatCall(agent, named);
        }
        Call call = world.calls.get(named);
        if (call == null) {
            return new CommandResult.Refused("call " + named + " is over: there is no talk to record");
        }
        return switch (call.attempt().order().recording()) {
            case ALWAYS -> done(agent);
            case NEVER ->
                new CommandResult.Refused("campaign " + call.campaign().id() + " records no calls");
            case ON_DEMAND -> recordNow(agent, call.id());
        };
    }

    private CommandResult recordNow(Agent agent, CallId call) {
        if (world.recorderFault() != null) {
            return new CommandResult.Refused("recordings cannot be written: " + world.recorderFault());
        }
        turn.emit(new Effect.StartRecording(call));
        return done(agent);
    }

    private CommandResult hangUp(Agent agent, CallId named) {
        if (!isTalkingOn(agent, named)) {
            return notThatCall(agent, named);
        }
        calls.agentHangsUp(named);
        return done(agent);
    }

    private static boolean isTalkingOn(Agent agent, CallId named) {
        return agent.state() == AgentState.TALKING && named.equals(agent.call());
    }

    /** Tells both calls: the one that was named, and the one that the agent has. */
    private static CommandResult notThatCall(Agent agent, CallId named) {
        return new CommandResult.Refused(
                "call " + named + " is not what agent " + agent.id() + " can speak of now: " + where(agent));
    }

    private static String where(Agent agent) {
        Call last = agent.lastCall();
        String at = "agent " + agent.id() + " is in " + agent.state();
        if (agent.call() != null) {
            return at + " with call " + agent.call();
        }
        return at + (last == null ? " and has talked on no call yet" : ", last talked on call " + last.id());
    }

    private static CommandResult done(Agent agent) {
        return new CommandResult.Done(agent.state());
    }

    // ---- lines

    void on(Event.LineOpened event) {
        Agent agent = withLine(event.agent());
        if (agent == null) {
            world.countUnknown(event);
        } else if (agent.state() == AgentState.LINE_CONNECTING) {
            shifts.lineUp(agent);
            if (agent.intent() == null) {
                agent.intent(new Intent.PauseNext(SIGNED_IN));
            }
            goOn(agent);
        } else {
            world.countUnexpected(agent.state(), event);
        }
    }

    void on(Event.LineLost event) {
        Agent agent = withLine(event.agent());
        if (agent == null) {
            world.countUnknown(event);
            return;
        }
        switch (agent.state()) {
            case LINE_CONNECTING -> move(agent, AgentState.LINE_CONNECTING, event.reason());
            case READY, WRAP_UP -> lineLost(agent, new Intent.ReadyNext(), event.reason());
            case PAUSED -> {
                Pause pause = agent.pause();
                lineLost(agent, new Intent.PauseNext(pause == null ? SIGNED_IN : pause), event.reason());
            }
            case RESERVED, TALKING -> lineLostOnCall(agent, event.reason());
            case SIGNED_OUT -> world.countUnexpected(agent.state(), event);
        }
    }

    private @Nullable Agent withLine(AgentId id) {
        Agent agent = world.floor.find(id);
        return agent == null || agent.rungAt() != null ? null : agent;
    }

    private void lineLost(Agent agent, Intent next, String reason) {
        if (agent.intent() == null) {
            agent.intent(next);
        }
        move(agent, AgentState.LINE_CONNECTING, reason);
        shifts.lineLost(agent);
    }

    private void lineLostOnCall(Agent agent, String reason) {
        CallId call = agent.call();
        agent.call(null);
        if (agent.intent() instanceof Intent.SignOutNext) {
            agent.intent(null);
            signOutNow(agent);
        } else {
            lineLost(agent, new Intent.ReadyNext(), reason);
        }
        if (call != null) {
            calls.agentLost(call);
        }
    }

    // ---- calls

    void reserve(Agent agent, Call call) {
        agent.call(call.id());
        move(agent, AgentState.RESERVED, null);
    }

    void talks(AgentId id, Call call, boolean charge) {
        Agent agent = on(id, call);
        if (agent != null) {
            agent.countCallTaken(turn.day());
            if (charge) {
                world.floor.charge(agent, turn.day(), 1);
            }
            agent.talksOn(call);
            move(agent, AgentState.TALKING, null);
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
                turn.emit(new Effect.WarnAgent(call.id()));
                if (end > 0) {
                    limits.after(agent, end - warn, () -> calls.talkIsOver(call.id()));
                }
            });
        } else if (end > 0) {
            limits.after(agent, end, () -> calls.talkIsOver(call.id()));
        }
    }

    /** The call that the agent was on ended. */
    void callOver(AgentId id, Call call) {
        Agent agent = on(id, call);
        if (agent == null) {
            return;
        }
        AgentTerms terms = call.campaign().settings().agents();
        if (agent.state() == AgentState.TALKING && terms.wrapUpMillis() > 0) {
            move(agent, AgentState.WRAP_UP, null);
            limits.after(agent, terms.wrapUpMillis(), () -> {
                if (terms.wrapUpStays()) {
                    limits.passes(agent, Limit.WRAP_UP);
                } else {
                    goOn(agent);
                }
            });
        } else {
            goOn(agent);
        }
    }

    /** The agent's phone was not answered: no customers until the agent says ready. */
    void missesCall(Agent agent, String reason) {
        limits.passes(agent, Limit.RING);
        agent.intent(null);
        pauseNow(agent, Pause.bySystem("missed a call: " + reason));
    }

    /** The agent's phone went away during a talk: no customers after it until the agent says ready. */
    void losesPhone(Agent agent, String reason) {
        if (!(agent.intent() instanceof Intent.SignOutNext)) {
            agent.intent(new Intent.PauseNext(Pause.bySystem(reason)));
        }
    }

    private @Nullable Agent on(AgentId id, Call call) {
        Agent agent = world.floor.find(id);
        return agent != null && call.id().equals(agent.call()) ? agent : null;
    }

    /** What was asked for meanwhile, else ready. */
    private void goOn(Agent agent) {
        Intent intent = agent.intent();
        agent.intent(null);
        switch (intent) {
            case null -> becomeReady(agent);
            case Intent.ReadyNext ready -> becomeReady(agent);
            case Intent.PauseNext next -> pauseOrReady(agent, next.pause());
            case Intent.SignOutNext signOut -> signOutNow(agent);
        }
    }

    /** The places may have been taken since the agent asked. */
    private void pauseOrReady(Agent agent, Pause pause) {
        String noPlace = breaks.noPlace(agent, pause);
        if (noPlace == null) {
            pauseNow(agent, pause);
        } else {
            becomeReady(agent, "break refused: " + noPlace);
        }
    }

    private void pauseNow(Agent agent, Pause pause) {
        move(agent, AgentState.PAUSED, pause.reason());
        breaks.begin(agent, pause);
    }

    private void becomeReady(Agent agent) {
        becomeReady(agent, null);
    }

    /** @param why the agent is not in the pause asked for, or null */
    private void becomeReady(Agent agent, @Nullable String why) {
        move(agent, AgentState.READY, why);
        calls.serveLongestWaiting(agent);
    }

    private void move(Agent agent, AgentState next, @Nullable String reason) {
        limits.forget(agent);
        if (next != AgentState.PAUSED && next != AgentState.LINE_CONNECTING) {
            breaks.end(agent);
        }
        if (agent.state() == AgentState.TALKING) {
            agent.addTalk(turn.day(), turn.nanos() - agent.since().nanos());
        }
        learnService(agent, next);
        boolean onCall = next == AgentState.RESERVED || next == AgentState.TALKING || next == AgentState.WRAP_UP;
        if (!onCall) {
            agent.call(null);
        }
        world.floor.move(agent, next, reason, turn.day(), turn.moment());
        agent.campaigns().forEach(turn::touch);
        changed(agent);
    }

    /** A customer's campaign learns how long agents are busy. */
    private void learnService(Agent agent, AgentState next) {
        Call call = agent.lastCall();
        if (call == null) {
            return;
        }
        ServiceLaw law = call.campaign().service();
        if (agent.state() == AgentState.TALKING || agent.state() == AgentState.WRAP_UP) {
            law.ends(agent.id(), turn.nanos());
        }
        if (next == AgentState.TALKING) {
            law.begins(agent.id(), ServiceLaw.Phase.TALK, turn.nanos());
        } else if (next == AgentState.WRAP_UP) {
            law.begins(agent.id(), ServiceLaw.Phase.WRAP_UP, turn.nanos());
        }
    }

    private void changed(Agent agent) {
        turn.emit(new Effect.AgentChanged(agent.id(), agent.state(), agent.reason(), agent.call(), turn.epochMillis()));
    }
}
