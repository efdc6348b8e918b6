package org.paceline.dialer.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.FloorTerms;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.Pause;
import org.paceline.dialer.agent.PauseCode;
import org.paceline.dialer.agent.Team;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.state.Agent;

/**
 * Pauses: their reasons, their lengths, and how many of a team may be on break at once. A pause that a lost line
 * interrupts goes on: it keeps its begin and its place.
 *
 * <p>Thread: engine only.
 */
final class Breaks {
    private final EngineState state;
    private final EventContext context;
    private final AgentLimits limits;

    Breaks(EngineState state, EventContext context, AgentLimits limits) {
        this.state = state;
        this.context = context;
        this.limits = limits;
    }

    /** Returns why this pause may not be asked for, or null. */
    @Nullable
    String refusal(Agent agent, AgentCommand.Pause asked) {
        FloorTerms terms = state.floorTerms();
        if (asked.reason().isBlank()) {
            return "a pause needs a reason" + (terms.pauseCodes().isEmpty() ? "" : ": one of " + codes());
        }
        PauseCode code = terms.pauseCode(asked.reason());
        if (code == null && !terms.pauseCodes().isEmpty()) {
            return "no pause code '" + asked.reason() + "': must be one of " + codes();
        }
        return noPlace(agent, pause(asked));
    }

    private String codes() {
        return state.floorTerms().pauseCodes().stream().map(PauseCode::code).collect(Collectors.joining(", "));
    }

    Pause pause(AgentCommand.Pause asked) {
        String note = asked.note();
        return new Pause(
                note == null ? asked.reason() : asked.reason() + ": " + note,
                state.floorTerms().pauseCode(asked.reason()));
    }

    /** Returns why this break may not begin now, or null. An agent who is on break may change to another break. */
    @Nullable
    String noPlace(Agent agent, Pause pause) {
        if (!pause.isBreak() || isOnBreak(agent)) {
            return null;
        }
        long most = state.floorTerms().breakTimeMillis();
        if (most > 0 && agent.load().breakMillisOn(context.day()) >= most) {
            return "agent " + agent.id() + " had " + minutes(agent.load().breakMillisOn(context.day()))
                    + " of break today; at most " + minutes(most);
        }
        Team team = state.floorTerms().teamOf(agent.id());
        if (team == null) {
            return null;
        }
        List<AgentId> away = team.members().stream()
                .map(state.floor::find)
                .filter(Objects::nonNull)
                .filter(Breaks::isOnBreak)
                .map(Agent::id)
                .toList();
        return away.size() < team.onBreakAtMost()
                ? null
                : away.size() + " of team " + team.name() + " are on break: "
                        + away.stream().map(AgentId::value).collect(Collectors.joining(", ")) + "; at most "
                        + team.onBreakAtMost();
    }

    private static String minutes(long millis) {
        return Duration.ofMillis(millis).toMinutes() + " min";
    }

    private static boolean isOnBreak(Agent agent) {
        Pause pause = agent.pause();
        return pause != null && pause.isBreak();
    }

    /** Watches the length of a pause that the agent has just begun or resumed. */
    void watch(Agent agent, Pause pause) {
        PauseCode code = pause.code();
        long most = most(agent, code);
        if (most == Long.MAX_VALUE) {
            return;
        }
        long left = most - agent.pausedMillis(context.nanos());
        if (left > 0) {
            limits.after(agent, left, () -> tooLong(agent));
        } else {
            tooLong(agent);
        }
    }

    private long most(Agent agent, @Nullable PauseCode code) {
        long most = code == null || code.lengthMillis() == 0 ? Long.MAX_VALUE : code.lengthMillis();
        long today = state.floorTerms().breakTimeMillis();
        return code != null && code.isBreak() && today > 0
                ? Math.min(most, Math.max(0, today - agent.load().breakMillisOn(context.day())))
                : most;
    }

    private void tooLong(Agent agent) {
        if (agent.pausesTooLong()) {
            limits.passes(agent, Limit.BREAK);
        }
    }
}
