package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;

/**
 * Takes agents from state to state, with everything that such a step involves: the limit of the old state is no longer
 * watched, the agent's campaigns are paced again, and everyone concerned is told.
 *
 * <p>Thread: engine only.
 */
final class AgentMoves {
    private final EventContext context;
    private final AgentLimits limits;
    private final Breaks breaks;

    AgentMoves(EventContext context, AgentLimits limits, Breaks breaks) {
        this.context = context;
        this.limits = limits;
        this.breaks = breaks;
    }

    /** @param why what kept the agent from the pause asked for, or null */
    void ready(Agent agent, @Nullable String why) {
        limits.forget(agent);
        agent.isReady(why, context.day(), context.moment());
        moved(agent);
    }

    void reserve(Agent agent, Call call) {
        limits.forget(agent);
        agent.isReserved(call, context.day(), context.moment());
        moved(agent);
    }

    void talk(Agent agent, Call call) {
        limits.forget(agent);
        agent.talks(call, context.day(), context.moment());
        moved(agent);
    }

    void wrapUp(Agent agent) {
        limits.forget(agent);
        agent.wrapsUp(context.day(), context.moment());
        moved(agent);
    }

    void pause(Agent agent, Pause pause) {
        limits.forget(agent);
        agent.pauses(pause, context.day(), context.moment());
        moved(agent);
        breaks.watch(agent, pause);
    }

    void loseLine(Agent agent, String reason) {
        limits.forget(agent);
        agent.losesLine(reason, context.day(), context.moment());
        moved(agent);
    }

    /** @param reason why the dialer does it, or null where it was asked for */
    void signOut(Agent agent, @Nullable String reason) {
        limits.forget(agent);
        agent.signsOut(reason, context.day(), context.moment());
        moved(agent);
    }

    private void moved(Agent agent) {
        agent.campaigns().forEach(context::touch);
        tell(agent);
    }

    /** Tells everyone concerned which state the agent is in. */
    void tell(Agent agent) {
        AgentState now = agent.state();
        context.emit(new Effect.AgentChanged(agent.id(), now, agent.reason(), agent.call(), context.epochMillis()));
    }
}
