package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.time.Timers;

/**
 * Begins and ends agents' shifts, and ends those whose line stays down.
 *
 * <p>Thread: engine only.
 */
final class Shifts {
    private final EngineState world;
    private final EventContext turn;
    private final AgentDesk desk;

    Shifts(EngineState world, EventContext turn, AgentDesk desk) {
        this.world = world;
        this.turn = turn;
        this.desk = desk;
    }

    /** The agent has just signed in. */
    void begin(Agent agent) {
        turn.emit(new Effect.SignedIn(agent.id(), agent.campaigns(), turn.epochMillis()));
        agent.signedInAt(turn.epochMillis());
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
        world.timers.cancel(agent.lineTimer());
        agent.lineTimer(Timers.NONE);
    }

    private void watch(Agent agent, long limitMillis, String what) {
        if (limitMillis > 0) {
            agent.lineTimer(world.timers.schedule(turn.nanos() + limitMillis * 1_000_000, () -> {
                String why = agent.reason();
                desk.signOutNow(agent, why == null ? what : what + ": " + why);
            }));
        }
    }

    /** @param reason why the dialer ended it, or null where it was asked for */
    void end(Agent agent, @Nullable String reason) {
        lineUp(agent);
        turn.emit(new Effect.SignedOut(agent.id(), agent.signedInAt(), reason, turn.epochMillis()));
    }

    /** The process is about to end, and no call is live. */
    void endAll() {
        for (Agent agent : world.floor.agents()) {
            if (agent.state() != AgentState.SIGNED_OUT) {
                desk.signOutNow(agent, "the daemon stops");
            }
        }
    }
}
