package org.paceline.dialer.engine;

import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.campaign.Disposition.Meaning;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.rules.OptOut;

/**
 * Applies an agent's word on a call to its number and its lead.
 *
 * <p>Thread: engine only.
 */
final class CallResults {
    private static final long DAY_MILLIS = 24 * 3_600_000L;
    private static final long MOST_AHEAD_MILLIS = 366 * DAY_MILLIS;
    /**
     * The most notes that a call may have. More would be a program's fault, and everyone who looks at the call gets
     * them all.
     */
    private static final int MOST_NOTES = 100;

    private final EngineState state;
    private final EventContext context;
    private final LeadDecisions decisions;

    CallResults(EngineState state, EventContext context, LeadDecisions decisions) {
        this.state = state;
        this.context = context;
        this.decisions = decisions;
    }

    /** @return whether the campaign knows the disposition; nothing is done where not */
    boolean dispose(Call call, AgentId agent, String name) {
        Disposition disposition =
                call.campaign().settings().calls().dispositions().find(name);
        if (disposition == null) {
            return false;
        }
        context.emit(new Effect.CallDisposed(call.id(), agent, disposition, context.epochMillis()));
        holdBack(call.lead().number().e164(), agent, disposition.meaning());
        settle(call, disposition.meaning());
        return true;
    }

    CommandResult unknown(Call call, String name) {
        return new CommandResult.Refused("no disposition '" + name + "' in campaign "
                + call.campaign().id() + ": must be one of "
                + call.campaign().settings().calls().dispositions().names());
    }

    /** Holds the number back, beginning with the very next dial of any campaign. */
    private void holdBack(long e164, AgentId agent, Meaning meaning) {
        switch (meaning) {
            case REFUSED -> state.numbers.refused(e164, context.epochMillis());
            case OPT_OUT -> optOut(e164, agent, OptOut.Kind.REQUEST);
            case COMPLAINT -> optOut(e164, agent, OptOut.Kind.COMPLAINT);
            case NOTHING, SUCCESS, CALLBACK, WRONG_NUMBER -> {}
        }
    }

    private void optOut(long e164, AgentId agent, OptOut.Kind kind) {
        OptOut entry = new OptOut("agent:" + agent, null, Long.MAX_VALUE, kind);
        state.numbers.optOut(e164, entry);
        context.emit(new Effect.OptedOut(e164, entry, context.epochMillis()));
    }

    /**
     * Settles the lead by the agent's word. While the call lasts, its end settles the lead; a later word takes the lead
     * back if it has gone on.
     */
    private void settle(Call call, Meaning meaning) {
        boolean isLive = state.calls.get(call.id()) == call;
        if (meaning.isFinal()) {
            boolean settled = decisions.decide(call.campaign().id(), call.lead().id(), new LeadNext.Done());
            context.emit(new Effect.LeadFinished(call.lead().id(), settled, context.epochMillis()));
        } else if (isLive && call.decided() instanceof LeadNext.Done) {
            call.decideByPlan();
        }
    }

    CommandResult note(Call call, Agent agent, String text) {
        if (call.notes() == MOST_NOTES) {
            return new CommandResult.Refused(
                    "call " + call.id() + " has " + MOST_NOTES + " notes: there can be no more");
        }
        call.noted();
        context.emit(new Effect.CallNoted(call.id(), call.notes(), "agent:" + agent.id(), text, context.epochMillis()));
        return new CommandResult.Done(agent.state());
    }

    /** Promises the lead another call; the lead is not dialled before that time. */
    CommandResult promise(Call call, Agent agent, AgentCommand.CallBack asked) {
        long now = context.epochMillis();
        if (asked.dueEpochMillis() <= now || asked.dueEpochMillis() > now + MOST_AHEAD_MILLIS) {
            return new CommandResult.Refused(
                    "a callback must be due after now, within " + MOST_AHEAD_MILLIS / DAY_MILLIS + " days");
        }
        Lead lead = call.lead();
        boolean settled =
                decisions.decide(call.campaign().id(), lead.id(), new LeadNext.RetryAt(asked.dueEpochMillis(), null));
        context.emit(new Effect.CallbackMade(
                lead.id(),
                asked.personal() ? agent.id() : null,
                asked.dueEpochMillis(),
                lead.calleeEnds() + 1,
                "agent:" + agent.id(),
                asked.note(),
                settled,
                now));
        return new CommandResult.Done(agent.state());
    }
}
