package org.paceline.dialer.engine;

import org.paceline.dialer.agent.AgentIntent;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;

/**
 * Handles what the network tells of phones that were called for one customer. Messages about a ring that is over are
 * ignored.
 *
 * <p>Thread: engine only.
 */
final class AgentRings {
    private final EngineState state;
    private final Ringing ringing;
    private final Matching matching;
    private final CallFlow calls;

    AgentRings(EngineState state, Ringing ringing, Matching matching, CallFlow calls) {
        this.state = state;
        this.ringing = ringing;
        this.matching = matching;
        this.calls = calls;
    }

    void on(Event.AgentAnswered event) {
        Call call = ringing.find(event.ring(), CallState.JOINING);
        if (call != null) {
            calls.connected(call, event.ring().agent(), event.answerToConnectedMicros());
        }
    }

    void on(Event.AgentMissed event) {
        Call call = ringing.find(event.ring(), CallState.JOINING);
        Agent agent = state.floor.find(event.ring().agent());
        if (call != null && agent != null) {
            call.ringsAgentNoMore();
            matching.missed(agent, call, event.reason());
        }
    }

    void on(Event.AgentHungUp event) {
        Call call = ringing.find(event.ring(), CallState.CONNECTED);
        if (call != null) {
            calls.hangUp(call.id(), HangUpCause.AGENT_HUNG_UP);
        }
    }

    /**
     * Handles the loss of the phone during the talk: the talk is over, and the agent gets no customers until the agent
     * says ready.
     */
    void on(Event.AgentLost event) {
        Call call = ringing.find(event.ring(), CallState.CONNECTED);
        Agent agent = state.floor.find(event.ring().agent());
        if (call != null && agent != null) {
            if (!(agent.intent() instanceof AgentIntent.SignOutNext)) {
                agent.intends(new AgentIntent.PauseNext(Pause.bySystem(event.reason())));
            }
            calls.agentLost(call.id());
        }
    }
}
