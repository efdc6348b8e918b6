package org.paceline.daemon.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/**
 * One of {@code agents}.
 *
 * @param address where the phone is called; for one that registers, its user at the registrar
 * @param phone what the agent's phones register with; null for a phone at a fixed address
 * @param team one of {@link DaemonConfig#teams}, or null
 * @param skills the agent's skills, as campaigns ask for them
 * @param campaigns whose customers the agent takes; empty for every campaign
 * @param line the line of the campaigns in the file, for messages
 */
public record AgentConfig(
        AgentId id,
        AgentAddress address,
        @Nullable PhoneConfig phone,
        @Nullable String team,
        Set<String> skills,
        Set<CampaignId> campaigns,
        Secret token,
        int line) {}
