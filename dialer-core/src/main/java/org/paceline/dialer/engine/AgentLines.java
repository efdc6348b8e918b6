package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentIntent;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.state.Agent;

/**
 * Handles what the network tells of agents' standing lines.
 *
 * <p>Thread: engine only.
 */
final class AgentLines {
    private final EngineState state;
    private final AgentMoves moves;
    private final Shifts shifts;
    private final Matching matching;
    private final CallFlow calls;

    AgentLines(EngineState state, AgentMoves moves, Shifts shifts, Matching matching, CallFlow calls) {
        this.state = state;
        this.moves = moves;
        this.shifts = shifts;
        this.matching = matching;
        this.calls = calls;
    }

    void on(Event.LineOpened event) {
        Agent agent = withLine(event.agent());
        if (agent == null) {
            state.countUnknown(event);
        } else if (agent.state() == AgentState.LINE_CONNECTING) {
            shifts.lineUp(agent);
            if (agent.intent() == null) {
                agent.intends(new AgentIntent.PauseNext(Pause.SIGNED_IN));
            }
            matching.goOn(agent);
        } else {
            state.countUnexpected(agent.state(), event);
        }
    }

    void on(Event.LineLost event) {
        Agent agent = withLine(event.agent());
        if (agent == null) {
            state.countUnknown(event);
            return;
        }
        switch (agent.state()) {
            case LINE_CONNECTING -> moves.loseLine(agent, event.reason());
            case READY, WRAP_UP -> lineLost(agent, new AgentIntent.ReadyNext(), event.reason());
            case PAUSED -> {
                Pause pause = agent.pause();
                lineLost(agent, new AgentIntent.PauseNext(pause == null ? Pause.SIGNED_IN : pause), event.reason());
            }
            case RESERVED, TALKING -> lineLostOnCall(agent, event.reason());
            case SIGNED_OUT -> state.countUnexpected(agent.state(), event);
        }
    }

    private @Nullable Agent withLine(AgentId id) {
        Agent agent = state.floor.find(id);
        return agent == null || agent.rungAt() != null ? null : agent;
    }

    private void lineLost(Agent agent, AgentIntent next, String reason) {
        if (agent.intent() == null) {
            agent.intends(next);
        }
        moves.loseLine(agent, reason);
        shifts.lineLost(agent);
    }

    private void lineLostOnCall(Agent agent, String reason) {
        CallId call = agent.call();
        if (agent.intent() instanceof AgentIntent.SignOutNext) {
            agent.takeIntent();
            shifts.end(agent, null);
        } else {
            lineLost(agent, new AgentIntent.ReadyNext(), reason);
        }
        if (call != null) {
            calls.agentLost(call);
        }
    }
}
