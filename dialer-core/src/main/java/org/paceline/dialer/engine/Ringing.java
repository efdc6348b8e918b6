package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;

/**
 * Rings the phones of agents who have no standing line, for one customer each.
 *
 * <p>Thread: engine only.
 */
final class Ringing {
    private final EngineState state;
    private final EventContext context;
    private final AgentLimits limits;
    private long rings;

    Ringing(EngineState state, EventContext context, AgentLimits limits) {
        this.state = state;
        this.context = context;
        this.limits = limits;
    }

    /**
     * Rings the agent who is reserved for the call.
     *
     * @param unanswered what is to be done when the campaign's time for a ring is over
     */
    void begin(Call call, Agent agent, AgentAddress phone, Runnable unanswered) {
        AgentRing ring = new AgentRing(++rings, call.id(), agent.id());
        call.ringsAgent(ring);
        limits.after(agent, call.campaign().settings().agents().ringMillis(), unanswered);
        context.emit(new Effect.RingAgent(ring, phone));
    }

    /** Ends the ring, if there is one, and gives the agent who was rung. */
    @Nullable
    Agent stop(Call call) {
        AgentRing ring = call.ring();
        if (ring == null || call.state() != CallState.JOINING) {
            return null;
        }
        call.ringsAgentNoMore();
        context.emit(new Effect.StopRinging(ring));
        return state.floor.find(ring.agent());
    }

    /** The call for which that ring is, in that state; null where the ring is over, as the network ends that leg by itself. */
    @Nullable
    Call find(AgentRing ring, CallState in) {
        Call call = state.calls.get(ring.call());
        return call != null && call.state() == in && ring.equals(call.ring()) ? call : null;
    }

    /**
     * Whether the phone rang for the longest time allowed: as the campaign says, but no longer than the law lets the
     * customer wait.
     */
    boolean isOutOfTime(Agent agent, Call call) {
        return rangMillis(agent)
                >= Math.min(call.campaign().settings().agents().ringMillis(), call.waitsAtMostMillis());
    }

    /** Says for people that the agent did not answer. */
    String noAnswer(Agent agent) {
        return "no answer in " + Math.round(rangMillis(agent) / 100.0) / 10.0 + " s";
    }

    /** Returns how long the phone has rung; the agent has been reserved since the ring began. */
    private long rangMillis(Agent agent) {
        return (context.nanos() - agent.since().nanos()) / 1_000_000;
    }
}
