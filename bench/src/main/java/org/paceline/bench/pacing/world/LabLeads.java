package org.paceline.bench.pacing.world;

import java.util.List;
import java.util.Set;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.simulation.VirtualWorld;

/** Hands the engine the leads of the {@link LabLists} that are in force. Thread: the world's. */
final class LabLeads implements LeadSource {
    private static final long LATENCY_NANOS = 5_000_000;

    private final VirtualWorld world;
    private final DayClock day;
    private final LabLists lists;
    private final List<CampaignId> campaigns;

    /** @param campaigns ids of the scenario's campaigns, in its order */
    LabLeads(VirtualWorld world, DayClock day, LabLists lists, List<CampaignId> campaigns) {
        this.world = world;
        this.day = day;
        this.lists = lists;
        this.campaigns = campaigns;
    }

    @Override
    public void request(CampaignId campaign, int count) {
        world.tellIn(LATENCY_NANOS, () -> arrive(campaign, count));
    }

    private Event arrive(CampaignId id, int count) {
        int campaign = campaigns.indexOf(id);
        List<Lead> leads = lists.next(campaign, id, count, day.second());
        double next = lists.nextComesAt(campaign, day.second());
        return new Event.LeadsArrived(
                id,
                leads,
                leads.isEmpty() && next < Double.MAX_VALUE ? world.epochMillisAt(day.nanosAt(next)) : Long.MAX_VALUE);
    }

    /** Does nothing: the lab's public is promised no calls. */
    @Override
    public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {}
}
