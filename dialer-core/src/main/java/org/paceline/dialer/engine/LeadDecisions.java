package org.paceline.dialer.engine;

import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.DialList;

/**
 * Decides what becomes of a lead, wherever the engine has it.
 *
 * <p>Thread: engine only.
 */
final class LeadDecisions {
    private final EngineState state;
    private final EventContext context;

    LeadDecisions(EngineState state, EventContext context) {
        this.state = state;
        this.context = context;
    }

    /**
     * Decides what becomes of a lead. A lead on a call goes on so at the call's end, whatever the retry plan says; a
     * lead that waits goes on at once.
     *
     * @return false where the engine does not have the lead
     */
    boolean decide(CampaignId id, LeadId lead, LeadNext next) {
        for (Call call : state.calls.values()) {
            if (call.lead().id().equals(lead)) {
                call.decide(next);
                return true;
            }
        }
        return takeBack(id, lead, next);
    }

    /**
     * Decides what becomes of a lead that waits; it goes on at once.
     *
     * @return false where it does not wait here
     */
    boolean takeBack(CampaignId id, LeadId lead, LeadNext next) {
        Campaign campaign = state.campaigns.get(id);
        if (campaign == null || !takeFrom(campaign.list(), lead)) {
            return false;
        }
        context.emit(new Effect.LeadSettled(lead, next));
        return true;
    }

    private boolean takeFrom(DialList list, LeadId lead) {
        Long number = list.remove(lead);
        if (number != null) {
            state.numbers.release(number);
            return true;
        }
        return list.removeArrived(lead);
    }
}
