package org.paceline.daemon.config;

import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.id.CampaignId;

/**
 * A campaign as its file has it, and as the engine takes it.
 *
 * <p>Thread: any (immutable).
 */
public record Campaign(CampaignConfig config, CampaignSettings settings) {

    public CampaignId id() {
        return config.id();
    }
}
