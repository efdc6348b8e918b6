package org.paceline.dialer.engine;

import java.util.HashMap;
import java.util.Map;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.state.Agent;

/**
 * Watches how long an agent's state lasts.
 *
 * <p>Thread: engine only.
 */
final class AgentLimits {
    private final EngineState state;
    private final EventContext context;
    private final Map<AgentId, Long> timers = new HashMap<>();

    AgentLimits(EngineState state, EventContext context) {
        this.state = state;
        this.context = context;
    }

    /** Runs the action after that time, unless the state ends before. */
    void after(Agent agent, long millis, Runnable action) {
        timers.put(agent.id(), state.timers.schedule(context.nanos() + millis * 1_000_000, action));
    }

    void passes(Agent agent, Limit limit) {
        agent.passes(limit);
        context.emit(new Effect.LimitPassed(agent.id(), limit, agent.call(), context.epochMillis()));
    }

    /** Stops watching, because the state ended. */
    void forget(Agent agent) {
        Long timer = timers.remove(agent.id());
        if (timer != null) {
            state.timers.cancel(timer);
        }
    }
}
