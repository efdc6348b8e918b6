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
     * Leads with their last refusal, the latest first.
     *
     * @param beforeEpochMillis refusals of this time go on below {@code beforeLead}; {@link Long#MAX_VALUE} to begin
     */
    List<RefusedLead> last(CampaignId campaign, long beforeEpochMillis, long beforeLead, int most);

    /** How many leads were last refused by which rule. */
    Map<String, Long> byRule(CampaignId campaign);
}
