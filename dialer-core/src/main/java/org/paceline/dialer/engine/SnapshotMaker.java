package org.paceline.dialer.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.budget.Account;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.pacing.AbandonmentLedger;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.Pool;
import org.paceline.dialer.time.LocalDays;
import org.paceline.dialer.time.LocalMonths;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.rules.Budget;

/**
 * Copies what others may read, bit by bit: at once, ten thousand agents would make events wait for milliseconds. An agent is
 * as of its step, all else as of the last one.
 *
 * <p>Thread: engine only.
 */
final class SnapshotMaker {
    /** An agent is copied in some 0.2 µs; so ten thousand on a busy floor take 50 ms, and a twentieth of the engine's time. */
    private static final long NANOS_AN_AGENT = 5_000;

    /** In one step, for events that come meanwhile wait for the whole of it; so where none come, ten thousand take 0.8 s. */
    private static final int MOST_AGENTS = 64;

    private final EngineState world;
    private final LocalDays days;
    private final LocalMonths months;
    private final IdleReasons idleReasons;
    private long steppedAtNanos;
    private List<Snapshot.Agent> agents = new ArrayList<>();

    SnapshotMaker(EngineState world, LocalDays days, LocalMonths months, IdleReasons idleReasons) {
        this.world = world;
        this.days = days;
        this.months = months;
        this.idleReasons = idleReasons;
    }

    /** Copies some agents more, by the time since the last step; gives the snapshot once none is left, else null. */
    @Nullable
    Snapshot step(Moment now) {
        long since = agents.isEmpty() ? 0 : now.nanos() - steppedAtNanos;
        steppedAtNanos = now.nanos();
        return copy(Math.clamp(since / NANOS_AN_AGENT, 1, MOST_AGENTS), now);
    }

    /** A snapshot of one moment. */
    static Snapshot whole(EngineState world, LocalDays days, LocalMonths months, IdleReasons idleReasons, Moment now) {
        return Objects.requireNonNull(new SnapshotMaker(world, days, months, idleReasons).copy(Integer.MAX_VALUE, now));
    }

    private @Nullable Snapshot copy(int most, Moment now) {
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
        Snapshot done = with(agents, now);
        agents = new ArrayList<>();
        return done;
    }

    private Snapshot with(List<Snapshot.Agent> copied, Moment now) {
        return new Snapshot(
                now,
                world.draining(),
                world.calls.size(),
                world.recorderFault(),
                Collections.unmodifiableList(copied),
                world.campaigns.values().stream()
                        .map(campaign -> campaign(campaign, now))
                        .toList(),
                world.trunks.all().stream().map(trunk -> trunk(trunk, now)).toList(),
                world.callerIds.all(),
                network(now),
                Map.copyOf(world.unexpected()),
                world.answerToConnected.snapshot());
    }

    private static Snapshot.Agent agent(Agent agent, long day, Moment now) {
        Call last = agent.lastCall();
        return new Snapshot.Agent(
                agent.id(),
                agent.state(),
                agent.reason(),
                agent.since().epochMillis(),
                agent.campaigns(),
                agent.leftOut(),
                agent.call(),
                last == null ? null : last.id(),
                agent.callsTaken(),
                new AgentDay(
                        agent.load().chargedOn(day),
                        agent.load().callsOn(day),
                        agent.load().talkMillisOn(day)),
                agent.breakMillisOn(day, now.nanos()),
                agent.spent(now),
                agent.over(),
                agent.limitsPassed());
    }

    private Snapshot.Campaign campaign(Campaign campaign, Moment now) {
        Pool pool = campaign.pool();
        return new Snapshot.Campaign(
                campaign.id(),
                idleReasons.of(campaign, now),
                world.pauseOf(campaign.id()),
                campaign.settings().pacing().mode().name().toLowerCase(Locale.ROOT),
                campaign.settings().pacing().linesPerAgent(),
                campaign.list().ready(),
                campaign.list().held(),
                pool.signedIn(),
                pool.ready(),
                campaign.calls().ringing(),
                campaign.calls().in(CallState.WAITING) + campaign.calls().in(CallState.JOINING),
                campaign.calls().in(CallState.CONNECTED),
                campaign.attempts(),
                campaign.answered(),
                campaign.abandoned(),
                campaign.abandonments().ledgers().stream()
                        .map(SnapshotMaker::abandonment)
                        .toList(),
                campaign.pacer().state(),
                budget(campaign.settings().budget(), months.monthOf(now.epochMillis())),
                Map.copyOf(campaign.outcomes()),
                Map.copyOf(campaign.notSent()),
                Map.copyOf(campaign.refusals()));
    }

    private Snapshot.@Nullable Budget budget(Budget budget, int month) {
        Account account = world.accounts.get(budget.holder());
        if (account == null) {
            return budget.isLimited() ? new Snapshot.Budget(budget.holder(), month, budget.limitMicros(), 0, 0) : null;
        }
        return new Snapshot.Budget(
                budget.holder(),
                month,
                budget.limitMicros(),
                account.spentMicros(month),
                account.reservedMicros(month));
    }

    private Snapshot.Network network(Moment now) {
        return new Snapshot.Network(
                world.journal.batchNanos(now.nanos()) / 1_000_000,
                world.journal.waiting(),
                world.journal.room(now.nanos()),
                world.ports.usable(),
                world.ports.heldByOthers(),
                world.ports.room(world.calls.size(), world.floor.signedIn(), now.nanos()));
    }

    private static Snapshot.Abandonment abandonment(AbandonmentLedger ledger) {
        return new Snapshot.Abandonment(
                ledger.terms().source(),
                ledger.answered(),
                ledger.abandoned(),
                ledger.abandonedRatio(),
                ledger.terms().limitRatio(),
                (long) Math.max(0, Math.floor(ledger.abandonsLeft())));
    }

    private static Snapshot.Trunk trunk(Trunk trunk, Moment now) {
        return new Snapshot.Trunk(
                trunk.settings().id(),
                trunk.up(),
                trunk.state(now),
                trunk.state(now) == TrunkState.UP ? null : trunk.reason(),
                trunk.settings().channels(),
                trunk.settings().reservedChannels(),
                trunk.channelsInUse(),
                trunk.blockedUntilEpochMillis(now));
    }
}
