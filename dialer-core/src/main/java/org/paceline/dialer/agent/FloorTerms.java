package org.paceline.dialer.agent;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.AgentId;

/**
 * The terms that hold for all agents of the node.
 *
 * @param pauseCodes the reasons there are for a pause; empty for any
 * @param skills what each agent can do; an agent without any may be left out
 * @param breakTimeMillis how long one agent may be on break a local day; 0 for no such limit
 * @param signInLimitMillis how long a standing line may take to come up after sign-in; 0 for no limit
 * @param lineGraceMillis how long a standing line may be down before the agent is signed out; 0 for no limit
 */
public record FloorTerms(
        List<PauseCode> pauseCodes,
        List<Team> teams,
        Map<AgentId, Set<String>> skills,
        long breakTimeMillis,
        long signInLimitMillis,
        long lineGraceMillis) {
    /** Terms without a list of reasons, teams or limits. */
    public static final FloorTerms NONE = new FloorTerms(List.of(), List.of(), Map.of(), 0, 0, 0);

    public FloorTerms {
        pauseCodes = List.copyOf(pauseCodes);
        teams = List.copyOf(teams);
        skills = Map.copyOf(skills);
        if (breakTimeMillis < 0 || signInLimitMillis < 0 || lineGraceMillis < 0) {
            throw new IllegalArgumentException("breakTimeMillis=" + breakTimeMillis + " signInLimitMillis="
                    + signInLimitMillis + " lineGraceMillis=" + lineGraceMillis + ": none may be below 0");
        }
    }

    public Set<String> skillsOf(AgentId agent) {
        return skills.getOrDefault(agent, Set.of());
    }

    /** The code of that name, or null. */
    public @Nullable PauseCode pauseCode(String code) {
        return pauseCodes.stream()
                .filter(known -> known.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** The agent's team, or null. */
    public @Nullable Team teamOf(AgentId agent) {
        return teams.stream()
                .filter(team -> team.members().contains(agent))
                .findFirst()
                .orElse(null);
    }
}
