package org.paceline.dialer.agent;

import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/**
 * The last day on which an agent may serve a campaign that demands a qualification.
 *
 * @param lastDay days since 1970-01-01 in the node's zone; {@link #NO_END}, or {@link #NONE} where there is none (any
 * more)
 */
public record Qualification(AgentId agent, CampaignId campaign, long lastDay) {
    public static final long NO_END = Long.MAX_VALUE;
    public static final long NONE = Long.MIN_VALUE;
}
