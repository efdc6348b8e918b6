package org.paceline.bench.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.simulation.VirtualWorld;

/** Lists that never end, of leads that are made before the load begins: making them takes longer than an event may. Thread: the world's. */
final class LoadLists implements LeadSource {
    /** How many leads the engine asks for at once for a large campaign. */
    private static final int LEASE = 2_000;

    private static final double LEADS_PER_EVENT = 0.4;
    private static final long MOST_IN_STOCK = 1_000_000;
    private static final long LEADS_NANOS = 20_000_000;

    private final VirtualWorld world;
    private final BenchFloor floor;
    private final Map<CampaignId, List<List<Lead>>> stock = new HashMap<>();

    LoadLists(VirtualWorld world, BenchFloor floor) {
        this.world = world;
        this.floor = floor;
    }

    /** Makes the campaign's leads for so many events of all campaigns. */
    void stock(CampaignId campaign, long events, int campaigns) {
        long leads = Math.min(MOST_IN_STOCK, (long) (events * LEADS_PER_EVENT));
        List<List<Lead>> batches = new ArrayList<>();
        for (long made = 0; made < leads / campaigns; made += LEASE) {
            batches.add(floor.leads(campaign, LEASE));
        }
        stock.put(campaign, batches);
    }

    @Override
    public void request(CampaignId campaign, int count) {
        world.tellIn(LEADS_NANOS, () -> new Event.LeadsArrived(campaign, leads(campaign, count), Long.MAX_VALUE));
    }

    private List<Lead> leads(CampaignId campaign, int count) {
        List<List<Lead>> batches = stock.getOrDefault(campaign, new ArrayList<>());
        return count == LEASE && !batches.isEmpty() ? batches.removeLast() : floor.leads(campaign, count);
    }

    @Override
    public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {
        throw new IllegalStateException("campaign=" + campaign + ": no call was promised");
    }
}
