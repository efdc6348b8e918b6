package org.paceline.dialer.engine;

import org.paceline.dialer.call.Call;
import org.paceline.dialer.campaign.Campaign;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.dialer.campaign.DialList;
import org.paceline.dialer.campaign.LeadId;
import org.paceline.dialer.campaign.LeadNext;

/**
 * Decides what becomes of a lead, wherever the engine has it.
 *
 * <p>Thread: engine only.
 */
final class LeadFates {
    private final World world;
    private final Turn turn;

    LeadFates(World world, Turn turn) {
        this.world = world;
        this.turn = turn;
    }

    /**
     * A lead on a call goes on so at the call's end, whatever the retry plan says; one that waits goes on at once.
     *
     * @return false where the engine does not have the lead
     */
    boolean decide(CampaignId id, LeadId lead, LeadNext next) {
        for (Call call : world.calls.values()) {
            if (call.lead().id().equals(lead)) {
                call.decided(next);
                return true;
            }
        }
        return takeBack(id, lead, next);
    }

    /**
     * A lead that waits goes on so at once.
     *
     * @return false where it does not wait here
     */
    boolean takeBack(CampaignId id, LeadId lead, LeadNext next) {
        Campaign campaign = world.campaigns.get(id);
        if (campaign == null || !takeFrom(campaign.list(), lead)) {
            return false;
        }
        turn.emit(new Effect.LeadSettled(lead, next));
        return true;
    }

    private boolean takeFrom(DialList list, LeadId lead) {
        Long number = list.remove(lead);
        if (number != null) {
            world.numbers.release(number);
            return true;
        }
        return list.removeArrived(lead);
    }
}
