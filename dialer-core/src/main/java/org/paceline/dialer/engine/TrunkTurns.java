package org.paceline.dialer.engine;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.paceline.dialer.state.Campaign;

/**
 * The order in which campaigns are asked how many calls to place. Campaigns that events had no time for come first, the
 * longest passed over before the others. Campaigns that share agents take turns. Where a trunk takes fewer calls than
 * its campaigns want, they share its calls by their signed-in agents: start-time fair queueing (Goyal, Vin and Cheng,
 * 1996), in which a call counts one divided by the agents, and a campaign that wanted none for a while has no claim to
 * what it left.
 *
 * <p>Thread: engine only.
 */
final class TrunkTurns {
    private static final Comparator<Campaign> PASSED_OVER_FIRST =
            Comparator.comparingInt(Campaign::timesPassedOver).reversed();
    private static final Comparator<Campaign> LONGEST_AGO_FIRST =
            PASSED_OVER_FIRST.thenComparingLong(Campaign::placedLast);
    private static final Comparator<Campaign> LEAST_SHARE_FIRST =
            PASSED_OVER_FIRST.thenComparingDouble(Campaign::trunkShare).thenComparingLong(Campaign::placedLast);

    private final EngineState state;
    private final EventContext context;
    private final Set<Campaign> waiting = new LinkedHashSet<>();

    TrunkTurns(EngineState state, EventContext context) {
        this.state = state;
        this.context = context;
    }

    /** @param waits whether it wants more calls than it could place */
    void paced(Campaign campaign, boolean waits) {
        if (!waits) {
            if (!waiting.isEmpty()) {
                waiting.remove(campaign);
            }
        } else if (!waiting.contains(campaign)) {
            campaign.waitsForTrunk(leastShareBeside(campaign));
            waiting.add(campaign);
        }
    }

    /** Takes note that the campaign places a call. */
    void placed(Campaign campaign) {
        if (!waiting.isEmpty() && (waiting.contains(campaign) || leastShareBeside(campaign) >= 0)) {
            campaign.takesOfTrunk();
        }
    }

    /**
     * Returns the least share of the campaigns that wait for one of this campaign's trunks, below 0 where none does.
     */
    private double leastShareBeside(Campaign campaign) {
        double least = Double.MAX_VALUE;
        for (Campaign other : waiting) {
            if (!Collections.disjoint(
                    other.settings().trunks(), campaign.settings().trunks())) {
                least = Math.min(least, other.trunkShare());
            }
        }
        return least == Double.MAX_VALUE ? -1 : least;
    }

    /**
     * Puts the campaigns that are to be paced in order. A campaign that waits is asked too as soon as a trunk has room;
     * otherwise the campaign whose call ended would always get its channel again.
     */
    void order(List<Campaign> reached) {
        if (!waiting.isEmpty()) {
            addWaiting(reached);
        }
        if (reached.size() > 1) {
            reached.sort(waiting.isEmpty() ? LONGEST_AGO_FIRST : LEAST_SHARE_FIRST);
        }
    }

    private void addWaiting(List<Campaign> reached) {
        waiting.removeIf(Campaign::removed);
        for (Campaign campaign : waiting) {
            if (!reached.contains(campaign)
                    && state.trunks.withRoom(campaign.settings().trunks(), context.moment()) != null) {
                reached.add(campaign);
            }
        }
    }
}
