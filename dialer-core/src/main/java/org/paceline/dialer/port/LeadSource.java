package org.paceline.dialer.port;

import org.paceline.dialer.campaign.CampaignId;

/**
 * Hands out leads. Returns at once; {@code LeadsArrived} answers each request, with no leads where there are none due.
 *
 * <p>Thread: engine.
 */
public interface LeadSource {
    void request(CampaignId campaign, int count);
}
