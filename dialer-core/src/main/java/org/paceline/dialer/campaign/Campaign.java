package org.paceline.dialer.campaign;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Call;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.pacing.AbandonmentLedger;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.rules.Verdict;

/**
 * A campaign at work: its settings in force, its list, its calls by state, its counters.
 *
 * <p>Thread: engine only.
 */
public final class Campaign {
    private final DialList list = new DialList();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final Map<CallState, Integer> callsByState = new EnumMap<>(CallState.class);
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Replenishment replenishment = new Replenishment();

    private CampaignSettings settings;
    private Pacer pacer;
    private AbandonmentLedger ledger;
    private boolean removed;
    private Verdict.@Nullable Refused stop;
    private Verdict.@Nullable Refused lastRefusal;
    private @Nullable Idle idle;
    private long placedLast;
    private long attempts;
    private long answered;
    private long abandoned;

    /**
     * Why nothing is dialled.
     *
     * @param untilEpochMillis when that ends as far as is known, {@link Long#MAX_VALUE} if only a change ends it
     */
    public record Idle(String reason, long untilEpochMillis) {}

    public Campaign(CampaignSettings settings) {
        this.settings = settings;
        this.pacer = Pacer.of(settings.pacing().mode());
        this.ledger = new AbandonmentLedger(settings.rules().abandonment().windowMillis());
    }

    /** Puts changed settings in force. Counters go on; the ledger too, unless its window changed. */
    public void configure(CampaignSettings changed) {
        if (changed.pacing().mode() != settings.pacing().mode()) {
            pacer = Pacer.of(changed.pacing().mode());
        }
        if (changed.rules().abandonment().windowMillis()
                != settings.rules().abandonment().windowMillis()) {
            ledger = new AbandonmentLedger(changed.rules().abandonment().windowMillis());
        }
        settings = changed;
        removed = false;
        stop = null;
        replenishment.wake();
    }

    public CampaignId id() {
        return settings.id();
    }

    public CampaignSettings settings() {
        return settings;
    }

    public DialList list() {
        return list;
    }

    public Replenishment replenishment() {
        return replenishment;
    }

    public Pacer pacer() {
        return pacer;
    }

    public AbandonmentLedger ledger() {
        return ledger;
    }

    /** Answered calls without an agent, the longest waiting first. */
    public ArrayDeque<Call> waiting() {
        return waiting;
    }

    public boolean removed() {
        return removed;
    }

    public void remove() {
        removed = true;
    }

    /** The refusal that stops the whole campaign, or null. */
    public Verdict.@Nullable Refused stop() {
        return stop;
    }

    public void stop(Verdict.@Nullable Refused refusal) {
        stop = refusal;
    }

    /** The last lead's refusal, or null. */
    public Verdict.@Nullable Refused lastRefusal() {
        return lastRefusal;
    }

    public @Nullable Idle idle() {
        return idle;
    }

    public void idle(@Nullable Idle why) {
        idle = why;
    }

    /** Grows with each call placed by any campaign: who placed longest ago has the smallest. */
    public long placedLast() {
        return placedLast;
    }

    public void placedLast(long sequence) {
        placedLast = sequence;
    }

    public void count(CallState state, int change) {
        callsByState.merge(state, change, Integer::sum);
    }

    public int calls(CallState state) {
        return callsByState.getOrDefault(state, 0);
    }

    /** All live calls. */
    public int calls() {
        int sum = 0;
        for (int calls : callsByState.values()) {
            sum += calls;
        }
        return sum;
    }

    public void countAnswered(long atEpochMillis) {
        answered++;
        ledger.answered(atEpochMillis);
    }

    public void countAbandoned(long atEpochMillis) {
        abandoned++;
        ledger.abandoned(atEpochMillis);
    }

    public void countOutcome(Outcome outcome) {
        attempts++;
        outcomes.merge(outcome, 1L, Long::sum);
    }

    public void countRefusal(Verdict.Refused refusal) {
        lastRefusal = refusal;
        refusals.merge(refusal.ruleId(), 1L, Long::sum);
    }

    /** Attempts that ended. */
    public long attempts() {
        return attempts;
    }

    public long answered() {
        return answered;
    }

    public long abandoned() {
        return abandoned;
    }

    public Map<Outcome, Long> outcomes() {
        return outcomes;
    }

    public Map<String, Long> refusals() {
        return refusals;
    }
}
