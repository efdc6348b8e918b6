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
    private final EngineState world;
    private final EventContext turn;
    private final AgentMoves moves;
    private final Map<AgentId, Long> lineTimers = new HashMap<>();

    Shifts(EngineState world, EventContext turn, AgentMoves moves) {
        this.world = world;
        this.turn = turn;
        this.moves = moves;
    }

    /** The agent has just signed in. */
    void begin(Agent agent) {
        turn.emit(new Effect.SignedIn(agent.id(), agent.campaigns(), turn.epochMillis()));
        if (agent.state() == AgentState.LINE_CONNECTING) {
            watch(agent, world.floorTerms().signInLimitMillis(), "line did not come up");
        }
    }

    /** The line of an agent who was on it is down. */
    void lineLost(Agent agent) {
        watch(agent, world.floorTerms().lineGraceMillis(), "line lost");
    }

    /** The line is up. */
    void lineUp(Agent agent) {
        Long timer = lineTimers.remove(agent.id());
        if (timer != null) {
            world.timers.cancel(timer);
        }
    }

    private void watch(Agent agent, long limitMillis, String what) {
        if (limitMillis > 0) {
            lineTimers.put(agent.id(), world.timers.schedule(turn.nanos() + limitMillis * 1_000_000, () -> {
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
            turn.emit(new Effect.CloseLine(agent.id()));
        }
        lineUp(agent);
        turn.emit(new Effect.SignedOut(agent.id(), agent.signedInAt(), reason, turn.epochMillis()));
        moves.signOut(agent, reason);
    }

    /** The process is about to end, and no call is live. */
    void endAll() {
        for (Agent agent : world.floor.agents()) {
            if (agent.state() != AgentState.SIGNED_OUT) {
                end(agent, "the daemon stops");
            }
        }
    }
}
