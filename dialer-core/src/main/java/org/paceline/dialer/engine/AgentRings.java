package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;

/**
 * Agents whose phones are called for each customer: the ring, its limit, and what becomes of it. What comes of a ring that is
 * over is ignored: the network ends that leg by itself.
 *
 * <p>Thread: engine only.
 */
final class AgentRings {
    private final EngineState world;
    private final EventContext turn;
    private final CallFlow calls;
    private final AgentDesk desk;
    private final AgentLimits limits;
    private long rings;

    AgentRings(EngineState world, EventContext turn, CallFlow calls, AgentDesk desk) {
        this.world = world;
        this.turn = turn;
        this.calls = calls;
        this.desk = desk;
        this.limits = new AgentLimits(world, turn);
    }

    /** Rings the agent who is reserved for the call. The customer's time is the end of it where that is nearer. */
    void begin(Call call, Agent agent, AgentAddress phone) {
        AgentRing ring = new AgentRing(++rings, call.id(), agent.id());
        call.ring(ring);
        limits.after(agent, call.campaign().settings().agents().ringMillis(), () -> {
            if (turn.nanos() < calls.waitsUntilNanos(call)) {
                stop(call);
                missed(agent, call, noAnswer(agent));
            }
        });
        turn.emit(new Effect.RingAgent(ring, phone));
    }

    /** How long the phone may ring: as long as the campaign says, but no longer than the law lets the customer wait. */
    private static long limitMillis(Call call) {
        return Math.min(call.campaign().settings().agents().ringMillis(), call.waitsAtMostMillis());
    }

    void on(Event.AgentAnswered event) {
        Call call = find(event.ring(), CallState.JOINING);
        if (call != null) {
            calls.connected(call, event.ring().agent(), event.answerToConnectedMicros());
        }
    }

    void on(Event.AgentMissed event) {
        Call call = find(event.ring(), CallState.JOINING);
        Agent agent = world.floor.find(event.ring().agent());
        if (call != null && agent != null) {
            call.ring(null);
            missed(agent, call, event.reason());
        }
    }

    void on(Event.AgentHungUp event) {
        Call call = find(event.ring(), CallState.CONNECTED);
        if (call != null) {
            calls.agentHangsUp(call.id());
        }
    }

    /** The talk is over; no customers until the agent says ready. */
    void on(Event.AgentLost event) {
        Call call = find(event.ring(), CallState.CONNECTED);
        Agent agent = world.floor.find(event.ring().agent());
        if (call != null && agent != null) {
            desk.losesPhone(agent, event.reason());
            calls.agentLost(call.id());
        }
    }

    /** Ends the ring, if there is one, and gives the agent who was rung. */
    @Nullable
    Agent stop(Call call) {
        AgentRing ring = call.ring();
        if (ring == null || call.state() != CallState.JOINING) {
            return null;
        }
        call.ring(null);
        turn.emit(new Effect.StopRinging(ring));
        return world.floor.find(ring.agent());
    }

    /**
     * The customer's time ended while the phone rang. An agent rung for as long as any may be has missed the call; one who came
     * late to a customer who had waited is not to blame.
     */
    void outOfTime(Agent agent, Call call) {
        if (rangMillis(agent) >= limitMillis(call)) {
            desk.missesCall(agent, noAnswer(agent));
        } else {
            desk.callOver(agent.id(), call);
        }
    }

    private void missed(Agent agent, Call call, String reason) {
        desk.missesCall(agent, reason);
        calls.passOn(call);
    }

    private String noAnswer(Agent agent) {
        return "no answer in " + Math.round(rangMillis(agent) / 100.0) / 10.0 + " s";
    }

    /** The agent is reserved since the ring began. */
    private long rangMillis(Agent agent) {
        return (turn.nanos() - agent.since().nanos()) / 1_000_000;
    }

    private @Nullable Call find(AgentRing ring, CallState in) {
        Call call = world.calls.get(ring.call());
        return call != null && call.state() == in && ring.equals(call.ring()) ? call : null;
    }
}
