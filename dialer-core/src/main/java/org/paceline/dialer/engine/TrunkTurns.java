package org.paceline.dialer.engine;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.paceline.dialer.campaign.Campaign;

/**
 * Who is asked first: whom the last event left no time for. Campaigns that share agents take turns. Where a trunk takes fewer calls than its campaigns want, they
 * share its calls by their signed-in agents: start-time fair queueing (Goyal, Vin and Cheng, 1996), in which a call counts one
 * divided by the agents, and who wanted none for a while has no claim to what it left.
 *
 * <p>Thread: engine only.
 */
final class TrunkTurns {
    private static final Comparator<Campaign> PASSED_OVER_FIRST =
            Comparator.comparing(Campaign::isPassedOver).reversed();
    private static final Comparator<Campaign> LONGEST_AGO_FIRST =
            PASSED_OVER_FIRST.thenComparingLong(Campaign::placedLast);
    private static final Comparator<Campaign> LEAST_SHARE_FIRST =
            PASSED_OVER_FIRST.thenComparingDouble(Campaign::trunkShare).thenComparingLong(Campaign::placedLast);

    private final World world;
    private final Turn turn;
    private final Set<Campaign> waiting = new LinkedHashSet<>();
    private double served;

    TrunkTurns(World world, Turn turn) {
        this.world = world;
        this.turn = turn;
    }

    /** @param waits whether it wants more calls than it could place */
    void paced(Campaign campaign, boolean waits) {
        if (waits) {
            waiting.add(campaign);
        } else if (!waiting.isEmpty()) {
            waiting.remove(campaign);
        }
    }

    /** It places a call. */
    void placed(Campaign campaign) {
        if (!waiting.isEmpty()) {
            served = Math.max(served, campaign.trunkShare());
            int agents = Math.max(1, world.floor.pool(campaign.id()).signedIn());
            campaign.trunkShare(served + 1.0 / agents);
        }
    }

    /**
     * Puts in order those that are to be paced. Who waits is asked too as soon as a trunk has room, else who ends a call would
     * always have its channel again.
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
                    && world.trunks.withRoom(campaign.settings().trunks(), turn.moment()) != null) {
                reached.add(campaign);
            }
        }
    }
}
