package org.paceline.dialer.state;

import java.time.ZoneId;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.AbandonmentBooks;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/**
 * A campaign at work: its settings in force, its list, its customers without an agent, its counters, and whether it
 * dials.
 *
 * <p>Thread: engine only.
 */
public final class Campaign {
    private final DialList list = new DialList();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final CampaignTotals totals = new CampaignTotals();
    private final DayCounter placed = new DayCounter();
    private final Replenishment replenishment = new Replenishment();

    private final Pool pool;
    private CampaignSettings settings;
    private Pacer pacer;
    private final AbandonmentBooks abandonments;
    private final PacerFactory pacers;
    private final CallForecast forecast = new CallForecast();
    private final ServiceLaw service = new ServiceLaw();
    private boolean removed;
    private Verdict.@Nullable Refused stop;
    private Verdict.@Nullable Refused lastRefusal;
    private Held held = Held.BY_NOTHING;
    private long placedLast;
    private long placedSinceStart;
    private int timesPassedOver;
    private double trunkShare;

    /** What kept the campaign from placing all the calls that it wanted. */
    public enum Held {
        BY_NOTHING,
        /** The list has no lead that may be dialled yet. */
        BY_LIST,
        /** The only free channels are those that campaigns leave free ({@code channels.reserved}). */
        BY_RESERVE,
        /** Trunks, RTP ports, the journal or the campaign's own {@code maxLines} take no more. */
        BY_ROOM
    }

    /**
     * @param pool its agents, and the counts of its calls
     * @param zone the call centre's time zone, whose days and months count
     */
    public Campaign(CampaignSettings settings, Pool pool, ZoneId zone, PacerFactory pacers) {
        this.settings = settings;
        this.pool = pool;
        this.pacers = pacers;
        this.pacer = pacers.of(settings.pacing().mode());
        learnWrapUpLimit();
        this.abandonments = new AbandonmentBooks(settings.rules().abandonments(), zone);
    }

    /** Puts changed settings in force. Counters go on; abandoned calls count under the new terms. */
    public void configure(CampaignSettings changed) {
        if (changed.pacing().mode() != settings.pacing().mode()) {
            pacer = pacers.of(changed.pacing().mode());
        }
        abandonments.configure(changed.rules().abandonments());
        settings = changed;
        learnWrapUpLimit();
        removed = false;
        stop = null;
        replenishment.wake();
    }

    private void learnWrapUpLimit() {
        AgentTerms terms = settings.agents();
        service.wrapUpLimit(terms.wrapUpStays() ? Long.MAX_VALUE : terms.wrapUpMillis());
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

    /** The forecast for its calls that nobody has answered yet. */
    public CallForecast forecast() {
        return forecast;
    }

    /** How long agents are busy with its customers. */
    public ServiceLaw service() {
        return service;
    }

    public AbandonmentBooks abandonments() {
        return abandonments;
    }

    /** Its agents. */
    public Pool pool() {
        return pool;
    }

    /** Its live calls by state. */
    public CallCounts calls() {
        return pool.calls();
    }

    // ---- customers without an agent

    /** The answered call waits for an agent, behind those that answered before. */
    public void waits(Call call) {
        waiting.addLast(call);
    }

    /** The call waits before all others, because its agent has gone. */
    public void waitsFirst(Call call) {
        waiting.addFirst(call);
    }

    /** The call waits no more, if it did. */
    public void waitsNoMore(Call call) {
        waiting.remove(call);
    }

    /** The call that has waited longest, or null. */
    public @Nullable Call longestWaiting() {
        return waiting.peekFirst();
    }

    // ---- whether it dials

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

    /** A rule stops the whole campaign. */
    public void stops(Verdict.Refused refusal) {
        stop = refusal;
    }

    /** The stop may be over: the campaign is judged again. */
    public void goesOn() {
        stop = null;
    }

    /** The last lead's refusal, or null. */
    public Verdict.@Nullable Refused lastRefusal() {
        return lastRefusal;
    }

    /** What held the campaign when it was last paced. */
    public Held held() {
        return held;
    }

    /** The campaign was paced; the argument says what kept it from placing all that it wanted. */
    public void paced(Held by) {
        held = by;
    }

    /**
     * A number that grows with each call placed by any campaign: the campaign that placed longest ago has the smallest.
     */
    public long placedLast() {
        return placedLast;
    }

    /** Attempts placed since the node's start, sent or not. */
    public long placedSinceStart() {
        return placedSinceStart;
    }

    /** An attempt is placed on that local day; the sequence number counts the attempts of all campaigns. */
    public void places(long sequence, long day) {
        placedLast = sequence;
        placedSinceStart++;
        placed.add(day, 1);
    }

    /** How many events in a row gave the campaign reason to place calls but had no time for it. */
    public int timesPassedOver() {
        return timesPassedOver;
    }

    public void passOver() {
        timesPassedOver++;
    }

    public void notPassedOver() {
        timesPassedOver = 0;
    }

    /**
     * The campaign's share of trunks at their limit, in calls for each agent. When it begins to wait, the share is
     * raised to at least the least share of the others.
     */
    public double trunkShare() {
        return trunkShare;
    }

    /** The campaign begins to wait for a trunk; the argument is the least share of the others that wait. */
    public void waitsForTrunk(double leastOfOthers) {
        trunkShare = Math.max(trunkShare, leastOfOthers);
    }

    /** The campaign took a call of a trunk that others want too. */
    public void takesOfTrunk() {
        trunkShare += 1.0 / Math.max(1, pool.signedIn());
    }

    public void countAnswered(long atEpochMillis) {
        totals.answered();
        abandonments.answered(atEpochMillis);
        pacer.answered(abandonments);
    }

    public void countAbandoned(long atEpochMillis) {
        totals.abandoned();
        abandonments.abandoned(atEpochMillis);
    }

    public void countOutcome(Outcome outcome) {
        totals.ended(outcome);
    }

    public void countRefusal(Verdict.Refused refusal) {
        lastRefusal = refusal;
        countRefusal(refusal.rule());
    }

    /** Counts a refusal that speaks of no lead. */
    public void countRefusal(RuleId rule) {
        totals.refused(rule);
    }

    /** Attempts placed on that local day of the call centre (days since 1970-01-01). */
    public int placedOn(long day) {
        return placed.on(day);
    }

    /** Another node has placed all that the day has room for. */
    public void dayIsFull(long day) {
        placed.fill(day);
    }

    /** Takes back the count of an attempt that was placed on that day and not made after all. */
    public void uncountPlaced(long day) {
        placed.takeBack(day);
    }

    /** Counts an attempt that was stored and not sent; it does not count as an attempt. */
    public void countNotSent(NotSent why) {
        totals.notSent(why);
    }

    /** The campaign's totals since the start. */
    public CampaignTotals totals() {
        return totals;
    }
}
