package org.paceline.daemon.leads;

import java.util.List;
import java.util.Map;
import org.paceline.dialer.id.CampaignId;

/**
 * Shows which leads of a campaign were refused, and why.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public interface RefusalDesk {

    /**
     * Lists leads with their last refusal, the latest first.
     *
     * @param beforeEpochMillis the time at which the page before ended; refusals of this time continue below {@code
     * beforeLead}; {@link Long#MAX_VALUE} to begin
     */
    List<RefusedLead> last(CampaignId campaign, long beforeEpochMillis, long beforeLead, int most);

    /** Counts the leads by the rule that refused them last. */
    Map<String, Long> byRule(CampaignId campaign);
}
