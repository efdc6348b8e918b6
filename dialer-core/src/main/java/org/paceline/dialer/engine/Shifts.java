package org.paceline.dialer.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.state.Agent;

/**
 * Begins and ends agents' shifts, and ends those whose line stays down.
 *
 * <p>Thread: engine only.
 */
final class Shifts {
    private final EngineState state;
    private final EventContext context;
    private final AgentMoves moves;
    private final Map<AgentId, Long> lineTimers = new HashMap<>();

    Shifts(EngineState state, EventContext context, AgentMoves moves) {
        this.state = state;
        this.context = context;
        this.moves = moves;
    }

    /** Begins the shift of an agent who has just signed in. */
    void begin(Agent agent) {
        context.emit(new Effect.SignedIn(agent.id(), agent.campaigns(), context.epochMillis()));
        if (agent.state() == AgentState.LINE_CONNECTING) {
            watch(agent, state.floorTerms().signInLimitMillis(), "line did not come up");
        }
    }

    /** Handles the loss of the line of an agent who was on it. */
    void lineLost(Agent agent) {
        watch(agent, state.floorTerms().lineGraceMillis(), "line lost");
    }

    /** Handles a line that came up. */
    void lineUp(Agent agent) {
        Long timer = lineTimers.remove(agent.id());
        if (timer != null) {
            state.timers.cancel(timer);
        }
    }

    private void watch(Agent agent, long limitMillis, String what) {
        if (limitMillis > 0) {
            lineTimers.put(agent.id(), state.timers.schedule(context.nanos() + limitMillis * 1_000_000, () -> {
                String why = agent.reason();
                end(agent, why == null ? what : what + ": " + why);
            }));
        }
    }

    /**
     * Signs the agent out.
     *
     * @param reason why the dialer does it, or null where it was asked for
     */
    void end(Agent agent, @Nullable String reason) {
        if (agent.rungAt() == null) {
            context.emit(new Effect.CloseLine(agent.id()));
        }
        lineUp(agent);
        context.emit(new Effect.SignedOut(agent.id(), agent.signedInAt(), reason, context.epochMillis()));
        moves.signOut(agent, reason);
    }

    /** Ends all shifts; the process is about to end, and no call is live. */
    void endAll() {
        for (Agent agent : state.floor.agents()) {
            if (agent.state() != AgentState.SIGNED_OUT) {
                end(agent, "the daemon stops");
            }
        }
    }
}
