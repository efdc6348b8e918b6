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
     * @param agents the agents whose own callbacks may be given
     * @param graceMillis how long after its due time a callback becomes any agent's
     */
    void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis);
}
