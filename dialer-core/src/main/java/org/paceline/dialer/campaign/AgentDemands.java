package org.paceline.dialer.campaign;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The demands that an agent must meet to get a campaign's calls.
 *
 * @param qualification whether the agent needs a qualification for the campaign that has not ended
 * @param skills the skills that the agent needs, all of them
 */
public record AgentDemands(boolean qualification, Set<String> skills) {
    /** No demands: every agent may serve the campaign. */
    public static final AgentDemands NONE = new AgentDemands(false, Set.of());

    public AgentDemands {
        skills = Collections.unmodifiableSet(new TreeSet<>(skills)); // the same order in every run
    }
}
