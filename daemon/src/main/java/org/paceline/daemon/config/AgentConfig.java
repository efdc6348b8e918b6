package org.paceline.daemon.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/**
 * One of {@code agents}.
 *
 * @param team of {@link DaemonConfig#teams}, or null
 * @param skills what the agent can do, as campaigns ask for it
 * @param campaigns whose customers the agent takes; empty for every campaign
 * @param line where the campaigns stand in the file, for messages
 */
public record AgentConfig(
        AgentId id,
        AgentAddress address,
        @Nullable String team,
        Set<String> skills,
        Set<CampaignId> campaigns,
        Secret token,
        int line) {}
