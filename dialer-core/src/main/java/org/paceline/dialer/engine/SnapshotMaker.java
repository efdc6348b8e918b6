package org.paceline.dialer.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.Agent;
import org.paceline.dialer.agent.Pool;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.campaign.Campaign;
import org.paceline.dialer.time.LocalDays;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.Trunk;

/**
 * Copies what others may read, in steps of some agents each: at once, ten thousand agents would make events wait for
 * milliseconds. An agent is as of its step, all else as of the last one.
 *
 * <p>Thread: engine only.
 */
final class SnapshotMaker {
    private final World world;
    private final LocalDays days;
    private List<Snapshot.Agent> agents = new ArrayList<>();

    SnapshotMaker(World world, LocalDays days) {
        this.world = world;
        this.days = days;
    }

    /** Copies at most so many agents more; gives the snapshot once none is left, else null. */
    @Nullable
    Snapshot step(int most, Moment now) {
        List<Agent> all = world.floor.agents();
        long day = days.dayOf(now.epochMillis());
        if (agents.isEmpty()) {
            agents = new ArrayList<>(all.size());
        }
        for (int left = most; left > 0 && agents.size() < all.size(); left--) {
            agents.add(agent(all.get(agents.size()), day, now));
        }
        if (agents.size() < all.size()) {
            return null;
        }
        Snapshot done = whole(agents, now);
        agents = new ArrayList<>();
        return done;
    }

    private Snapshot whole(List<Snapshot.Agent> copied, Moment now) {
        return new Snapshot(
                now,
                world.draining(),
                world.calls.size(),
                world.recorderFault(),
                Collections.unmodifiableList(copied),
                world.campaigns.values().stream()
                        .map(campaign -> campaign(campaign, world.floor.pool(campaign.id())))
                        .toList(),
                world.trunks.all().stream().map(trunk -> trunk(trunk, now)).toList(),
                Map.copyOf(new TreeMap<>(world.unexpected())),
                latency(world.answerToConnectedMicros));
    }

    private static Snapshot.Agent agent(Agent agent, long day, Moment now) {
        return new Snapshot.Agent(
                agent.id(),
                agent.state(),
                agent.reason(),
                agent.since().epochMillis(),
                agent.campaigns(),
                agent.call(),
                agent.callsTaken(),
                agent.chargedOn(day),
                agent.spentMillis(now));
    }

    private static Snapshot.Campaign campaign(Campaign campaign, Pool pool) {
        Campaign.Idle idle = campaign.idle();
        return new Snapshot.Campaign(
                campaign.id(),
                idle == null,
                idle == null ? null : idle.reason(),
                idle == null ? 0 : idle.untilEpochMillis(),
                campaign.settings().pacing().mode().name().toLowerCase(Locale.ROOT),
                campaign.settings().pacing().linesPerAgent(),
                campaign.list().ready(),
                campaign.list().held(),
                pool.signedIn(),
                pool.ready(),
                Placement.ringing(campaign),
                campaign.calls(CallState.WAITING),
                campaign.calls(CallState.JOINING) + campaign.calls(CallState.CONNECTED),
                campaign.attempts(),
                campaign.answered(),
                campaign.abandoned(),
                campaign.ledger().abandonedRatio(),
                Map.copyOf(campaign.outcomes()),
                Map.copyOf(campaign.refusals()));
    }

    private static Snapshot.Trunk trunk(Trunk trunk, Moment now) {
        return new Snapshot.Trunk(
                trunk.settings().id(),
                trunk.up(),
                trunk.reason(),
                trunk.settings().channels(),
                trunk.channelsInUse(),
                trunk.blockedUntilEpochMillis(now));
    }

    private static Snapshot.Latency latency(Histogram micros) {
        return new Snapshot.Latency(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99),
                micros.getMaxValue());
    }
}
