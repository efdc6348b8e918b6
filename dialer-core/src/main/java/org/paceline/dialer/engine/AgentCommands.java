package org.paceline.dialer.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentIntent;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;

/**
 * Carries out agents' commands: each one is done, or refused with the reason.
 *
 * <p>Thread: engine only.
 */
final class AgentCommands {
    private final EngineState state;
    private final EventContext context;
    private final Shifts shifts;
    private final Breaks breaks;
    private final AgentMoves moves;
    private final Matching matching;
    private final CallFlow calls;
    private final Eligibility eligibility;
    private final CallResults results;

    AgentCommands(
            EngineState state,
            EventContext context,
            Shifts shifts,
            Breaks breaks,
            AgentMoves moves,
            Matching matching,
            CallFlow calls,
            Eligibility eligibility,
            CallResults results) {
        this.state = state;
        this.context = context;
        this.shifts = shifts;
        this.breaks = breaks;
        this.moves = moves;
        this.matching = matching;
        this.calls = calls;
        this.eligibility = eligibility;
        this.results = results;
    }

    CommandResult command(AgentId id, AgentCommand command) {
        Agent agent = state.floor.find(id);
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
        if (state.draining()) {
            return new CommandResult.Refused("the dialer is shutting down: sign in when it is up again");
        }
        Map<CampaignId, String> leftOut = eligibility.leftOut(id, command.campaigns());
        if (leftOut.size() == command.campaigns().size()) {
            return new CommandResult.Refused(
                    "agent " + id + " may serve none of the campaigns: " + Eligibility.written(leftOut));
        }
        Agent agent = state.floor.signIn(id, command, leftOut, context.day(), context.moment());
        if (command.address().line() == LineKind.PER_CALL) {
            moves.pause(agent, Pause.SIGNED_IN);
        } else {
            context.emit(new Effect.OpenLine(id, command.address()));
            moves.tell(agent);
        }
        shifts.begin(agent);
        return leftOut.isEmpty() ? done(agent) : new CommandResult.Done(agent.state(), Eligibility.notServed(leftOut));
    }

    private CommandResult signOut(Agent agent) {
        switch (agent.state()) {
            case RESERVED -> signOutReserved(agent);
            case TALKING -> agent.intends(new AgentIntent.SignOutNext());
            case LINE_CONNECTING, READY, WRAP_UP, PAUSED -> shifts.end(agent, null);
            case SIGNED_OUT -> throw new IllegalStateException("agent=" + agent.id() + ": is signed out");
        }
        return done(agent);
    }

    /**
     * Signs out an agent who is reserved. Joining a standing line takes only milliseconds; but a phone that still rings
     * must not keep the customer waiting for an agent who has left.
     */
    private void signOutReserved(Agent agent) {
        CallId call = agent.call();
        if (agent.rungAt() == null || call == null) {
            agent.intends(new AgentIntent.SignOutNext());
        } else {
            shifts.end(agent, null);
            calls.agentLost(call);
        }
    }

    private CommandResult ready(Agent agent) {
        switch (agent.state()) {
            case PAUSED, WRAP_UP -> {
                agent.takeIntent();
                matching.ready(agent);
            }
            case LINE_CONNECTING -> {
                agent.endPause(context.day(), context.moment());
                agent.intends(new AgentIntent.ReadyNext());
            }
            case RESERVED, TALKING -> agent.takeIntent();
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
                agent.takeIntent();
                moves.pause(agent, pause);
            }
            case RESERVED, TALKING, LINE_CONNECTING -> agent.intends(new AgentIntent.PauseNext(pause));
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
        matching.goOn(agent);
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
        Call call = state.calls.get(named);
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
        if (state.recorderFault() != null) {
            return new CommandResult.Refused("recordings cannot be written: " + state.recorderFault());
        }
        context.emit(new Effect.StartRecording(call));
        return done(agent);
    }

    private CommandResult hangUp(Agent agent, CallId named) {
        if (!isTalkingOn(agent, named)) {
            return notThatCall(agent, named);
        }
        calls.hangUp(named, HangUpCause.AGENT_HUNG_UP);
        return done(agent);
    }

    private static boolean isTalkingOn(Agent agent, CallId named) {
        return agent.state() == AgentState.TALKING && named.equals(agent.call());
    }

    /** Refuses the command, and names both calls: the one in the command and the one that the agent has. */
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
}
