package org.paceline.dialer.campaign;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an agent must have to get a campaign's calls.
 *
 * @param qualification whether a qualification for the campaign, not over yet
 * @param skills all of them
 */
public record AgentDemands(boolean qualification, Set<String> skills) {
    /** Every agent does. */
    public static final AgentDemands NONE = new AgentDemands(false, Set.of());

    public AgentDemands {
        skills = Collections.unmodifiableSet(new TreeSet<>(skills)); // the same order in every run
    }
}
