package org.paceline.dialer.port;

import java.util.Set;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/**
 * Hands out leads. Returns at once; {@code LeadsArrived} answers each request, with no leads where there are none due.
 *
 * <p>Thread: engine.
 */
public interface LeadSource {
    void request(CampaignId campaign, int count);

    /**
     * Asks for leads whose promised call is due; {@code CallbacksArrived} comes where there are any.
     *
     * @param agents whose own they may be
     * @param graceMillis after so long they are any agent's
     */
    void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis);
}
