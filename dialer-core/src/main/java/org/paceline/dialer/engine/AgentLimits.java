package org.paceline.dialer.engine;

import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.time.Timers;

/**
 * Watches how long an agent's state lasts.
 *
 * <p>Thread: engine only.
 */
final class AgentLimits {
    private final EngineState world;
    private final EventContext turn;

    AgentLimits(EngineState world, EventContext turn) {
        this.world = world;
        this.turn = turn;
    }

    /** Unless the state ends before. */
    void after(Agent agent, long millis, Runnable action) {
        agent.limitTimer(world.timers.schedule(turn.nanos() + millis * 1_000_000, action));
    }

    void passes(Agent agent, Limit limit) {
        agent.passes(limit);
        turn.emit(new Effect.LimitPassed(agent.id(), limit, agent.call(), turn.epochMillis()));
    }

    /** The state ended. */
    void forget(Agent agent) {
        world.timers.cancel(agent.limitTimer());
        agent.limitTimer(Timers.NONE);
    }
}
