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
 * Copies what others may read, bit by bit: copying ten thousand agents at once would make events wait for milliseconds.
 * Each agent is as of the step that copied it, everything else as of the last step.
 *
 * <p>Thread: engine only.
 */
final class SnapshotMaker {
    /**
     * How much time passes for each agent that is copied. A copy takes some 0.2 µs; so ten thousand agents on a busy
     * floor take 50 ms, and a twentieth of the engine's time.
     */
    private static final long NANOS_AN_AGENT = 5_000;

    /**
     * The most agents copied in one step, because events that come meanwhile wait for the whole step. So where no
     * events come, ten thousand agents take 0.8 s.
     */
    private static final int MOST_AGENTS = 64;

    private final EngineState state;
    private final LocalDays days;
    private final LocalMonths months;
    private final IdleReasons idleReasons;
    private long steppedAtNanos;
    private List<Snapshot.AgentStatus> agents = new ArrayList<>();

    SnapshotMaker(EngineState state, LocalDays days, LocalMonths months, IdleReasons idleReasons) {
        this.state = state;
        this.days = days;
        this.months = months;
        this.idleReasons = idleReasons;
    }

    /**
     * Copies as many more agents as the time since the last step allows; returns the snapshot once none is left, else
     * null.
     */
    @Nullable
    Snapshot step(Moment now) {
        long since = agents.isEmpty() ? 0 : now.nanos() - steppedAtNanos;
        steppedAtNanos = now.nanos();
        return copy(Math.clamp(since / NANOS_AN_AGENT, 1, MOST_AGENTS), now);
    }

    /** Makes a snapshot of one moment. */
    static Snapshot whole(EngineState state, LocalDays days, LocalMonths months, IdleReasons idleReasons, Moment now) {
        return Objects.requireNonNull(new SnapshotMaker(state, days, months, idleReasons).copy(Integer.MAX_VALUE, now));
    }

    private @Nullable Snapshot copy(int most, Moment now) {
        List<Agent> all = state.floor.agents();
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

    private Snapshot with(List<Snapshot.AgentStatus> copied, Moment now) {
        return new Snapshot(
                now,
                state.draining(),
                state.calls.size(),
                state.recorderFault(),
                Collections.unmodifiableList(copied),
                state.campaigns.values().stream()
                        .map(campaign -> campaign(campaign, now))
                        .toList(),
                state.trunks.all().stream().map(trunk -> trunk(trunk, now)).toList(),
                state.callerIds.all(),
                network(now),
                Map.copyOf(state.unexpected()),
                state.answerToConnected.snapshot());
    }

    private static Snapshot.AgentStatus agent(Agent agent, long day, Moment now) {
        Call last = agent.lastCall();
        return new Snapshot.AgentStatus(
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

    private Snapshot.CampaignStatus campaign(Campaign campaign, Moment now) {
        Pool pool = campaign.pool();
        return new Snapshot.CampaignStatus(
                campaign.id(),
                idleReasons.of(campaign, now),
                state.pauseOf(campaign.id()),
                campaign.settings().pacing().mode().name().toLowerCase(Locale.ROOT),
                campaign.settings().pacing().linesPerAgent(),
                campaign.list().ready(),
                campaign.list().held(),
                pool.signedIn(),
                pool.ready(),
                campaign.calls().in(CallState.PLANNED),
                campaign.calls().in(CallState.DIALLING) + campaign.calls().in(CallState.RINGING),
                campaign.calls().in(CallState.WAITING) + campaign.calls().in(CallState.JOINING),
                campaign.calls().in(CallState.CONNECTED),
                campaign.totals().attemptsEnded(),
                campaign.totals().callsAnswered(),
                campaign.totals().callsAbandoned(),
                campaign.abandonments().ledgers().stream()
                        .map(SnapshotMaker::abandonment)
                        .toList(),
                campaign.pacer().state(),
                budget(campaign.settings().budget(), months.monthOf(now.epochMillis())),
                campaign.totals().byOutcome(),
                campaign.totals().byNotSent(),
                campaign.totals().byRule());
    }

    private Snapshot.@Nullable Budget budget(Budget budget, int month) {
        Account account = state.accounts.get(budget.holder());
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
                state.journal.batchNanos(now.nanos()) / 1_000_000,
                state.journal.waiting(),
                state.journal.room(now.nanos()),
                state.ports.usable(),
                state.ports.heldByOthers(),
                state.ports.room(state.calls.size(), state.floor.signedIn(), now.nanos()));
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

    private static Snapshot.TrunkStatus trunk(Trunk trunk, Moment now) {
        return new Snapshot.TrunkStatus(
                trunk.settings().id(),
                trunk.up(),
                trunk.state(now),
                trunk.state(now) == TrunkState.UP ? null : trunk.reason(),
                trunk.settings().channels(),
                trunk.settings().reservedChannels(),
                trunk.channelsInUse(),
                trunk.blockedUntilEpochMillis(now),
                trunk.tally().figures());
    }
}
