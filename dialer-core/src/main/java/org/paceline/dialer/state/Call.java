package org.paceline.dialer.state;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.Script;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.time.Moment;
import org.paceline.rules.AbandonmentTerms;

/**
 * One attempt from its plan to its end, with its states and the ways between them.
 *
 * <table>
 * <caption>What brings it from state to state</caption>
 * <tr><th>from</th><th>verb</th><th>to</th></tr>
 * <tr><td>PLANNED</td><td>{@link #dialled}</td><td>DIALLING</td></tr>
 * <tr><td>PLANNED, DIALLING, RINGING</td><td>{@link #rings}</td><td>RINGING</td></tr>
 * <tr><td>PLANNED, DIALLING, RINGING</td><td>{@link #answered}</td><td>WAITING</td></tr>
 * <tr><td>WAITING</td><td>{@link #joins}</td><td>JOINING</td></tr>
 * <tr><td>JOINING</td><td>{@link #waitsForAnother}</td><td>WAITING</td></tr>
 * <tr><td>JOINING</td><td>{@link #connected}</td><td>CONNECTED</td></tr>
 * <tr><td>WAITING, JOINING</td><td>{@link #abandoned}</td><td>ENDING</td></tr>
 * <tr><td>JOINING</td><td>{@link #abandonedWhileJoined}</td><td>ENDING</td></tr>
 * <tr><td>CONNECTED</td><td>{@link #hungUp}</td><td>ENDING</td></tr>
 * <tr><td>any</td><td>{@link #leaves}</td><td>no longer live</td></tr>
 * </table>
 *
 * <p>Each verb throws {@link IllegalStateException} in any other state: a call that goes another way is a fault of the engine.
 *
 * <p>Thread: engine only.
 */
public final class Call {
    private final Attempt attempt;
    private final Lead lead;
    private final Campaign campaign;

    private CallState state = CallState.PLANNED;
    private @Nullable AgentId agent;
    private @Nullable AgentRing ring;
    private @Nullable Outcome endsAs;
    private @Nullable LeadNext decided;
    private @Nullable Moment answeredAt;
    private Greeting greeting = Greeting.NONE;
    private long dialledAtEpochMillis;
    private long dialledAtNanos;
    private long ringingAtEpochMillis;
    private boolean alerting;
    private long connectedAtEpochMillis;
    private @Nullable String scriptVersion;
    private int notes;
    private long answerToConnectedMicros = -1;

    /** Makes a planned call; its campaign counts it until it {@link #leaves}. */
    public Call(Attempt attempt, Lead lead, Campaign campaign) {
        this.attempt = attempt;
        this.lead = lead;
        this.campaign = campaign;
        campaign.calls().begins(state);
    }

    // ---- from state to state

    /** It was given to the telephone network. */
    public void dialled(Moment now) {
        demand(state == CallState.PLANNED, "be dialled");
        dialledAtEpochMillis = wallMillis(now);
        dialledAtNanos = now.nanos();
        enter(CallState.DIALLING);
    }

    /**
     * It rings, as far as the trunk tells.
     *
     * @param isAlerting whether the trunk says so; otherwise it says only that the call is in progress
     */
    public void rings(Moment now, boolean isAlerting) {
        demand(!state.isAnswered(), "ring");
        ringingAtEpochMillis = wallMillis(now);
        alerting = isAlerting;
        enter(CallState.RINGING);
    }

    /** The customer answered, and has no agent yet. */
    public void answered(Moment now) {
        demand(!state.isAnswered(), "be answered");
        answeredAt = now;
        enter(CallState.WAITING);
    }

    /** The customer picked up a call that was already over: it counts as answered, and ends at once. */
    public void answeredInVain(Moment now) {
        demand(!state.isAnswered(), "be answered in vain");
        answeredAt = now;
    }

    /** It is being joined with an agent. */
    public void joins(AgentId reserved) {
        demand(state == CallState.WAITING, "join");
        agent = reserved;
        enter(CallState.JOINING);
    }

    /** The agent reserved for it is not there: the customer waits for another one. */
    public void waitsForAnother() {
        demand(state == CallState.JOINING, "wait for another agent");
        agent = null;
        enter(CallState.WAITING);
    }

    /** @param script what the agent reads from, or null */
    public void connected(Moment now, long micros, @Nullable Script script) {
        demand(state == CallState.JOINING, "be connected");
        scriptVersion = script == null ? null : script.version();
        connectedAtEpochMillis = wallMillis(now);
        answerToConnectedMicros = micros;
        enter(CallState.CONNECTED);
    }

    /** No agent came in time: it is being ended. */
    public void abandoned() {
        demand(state == CallState.WAITING || state == CallState.JOINING, "be abandoned");
        agent = null;
        endsAs = Outcome.ABANDONED;
        enter(CallState.ENDING);
    }

    /** It is being ended while it is joined with the agent's standing line: the agent is free once it is over. */
    public void abandonedWhileJoined() {
        demand(state == CallState.JOINING, "be abandoned while joined");
        endsAs = Outcome.ABANDONED;
        enter(CallState.ENDING);
    }

    /** The talk is being ended by us. */
    public void hungUp() {
        demand(state == CallState.CONNECTED, "be hung up");
        endsAs = Outcome.CONNECTED;
        enter(CallState.ENDING);
    }

    /** The call is over, or was never made; it no longer counts. */
    public void leaves() {
        campaign.calls().ends(state);
    }

    private void enter(CallState next) {
        campaign.calls().goes(state, next);
        state = next;
    }

    private void demand(boolean isPossible, String verb) {
        if (!isPossible) {
            throw new IllegalStateException("call=" + id() + " state=" + state + ": cannot " + verb);
        }
    }

    // ---- what is learnt on the way

    /** The agent's phone is called for it. */
    public void ringsAgent(AgentRing begun) {
        ring = begun;
    }

    /** The agent's phone rings no more. */
    public void ringsAgentNoMore() {
        ring = null;
    }

    /** Decides before the end what becomes of the lead, whatever the retry plan says. */
    public void decide(LeadNext next) {
        decided = next;
    }

    /** Leaves it to the retry plan again what becomes of the lead. */
    public void decideByPlan() {
        decided = null;
    }

    /** More was heard of the called party's first words. */
    public void hears(Greeting heard) {
        greeting = heard;
    }

    /** An agent wrote a note on it. */
    public void noted() {
        notes++;
    }

    // ---- what it is

    public CallId id() {
        return attempt.call();
    }

    public Attempt attempt() {
        return attempt;
    }

    public Lead lead() {
        return lead;
    }

    public Campaign campaign() {
        return campaign;
    }

    public CallState state() {
        return state;
    }

    /** The agent who is joined or being joined, or null. */
    public @Nullable AgentId agent() {
        return agent;
    }

    /** The call to the phone of an agent without a standing line, from its begin to the end of the talk, or null. */
    public @Nullable AgentRing ring() {
        return ring;
    }

    /** The outcome that the call will end with, where that is decided before its end; else null. */
    public @Nullable Outcome endsAs() {
        return endsAs;
    }

    /** What becomes of the lead, where that is decided before the end, whatever the retry plan says; else null. */
    public @Nullable LeadNext decided() {
        return decided;
    }

    public boolean wasAnswered() {
        return answeredAt != null;
    }

    /** When the call was answered; asked of answered calls only. */
    public Moment answeredAt() {
        if (answeredAt == null) {
            throw new IllegalStateException("call=" + id() + " state=" + state + ": was not answered");
        }
        return answeredAt;
    }

    /** What has been heard of the called party's first words. */
    public Greeting greeting() {
        return greeting;
    }

    /**
     * How long the customer may be without an agent, given what is known of the greeting; milliseconds from the answer.
     */
    public long waitsAtMostMillis() {
        long shortest = Long.MAX_VALUE;
        for (AbandonmentTerms terms : campaign.settings().rules().abandonments()) {
            shortest = Math.min(shortest, greeting.latestStartMillis(terms.clockStart()) + terms.connectWithinMillis());
        }
        return shortest;
    }

    /** How long ago it was given to the telephone network, milliseconds; negative where it was not. */
    public long millisSinceDialled(Moment now) {
        return dialledAtEpochMillis == 0 ? -1 : (now.nanos() - dialledAtNanos) / 1_000_000;
    }

    /** Whether the trunk said that its phone rings. */
    public boolean hasRung() {
        return alerting;
    }

    /**
     * Returns the moment as it is stored with the call, epoch milliseconds. The times of a call are counted by the
     * monotonic clock from its plan on, so that setting the wall clock during the call makes no time negative, or
     * longer than it was.
     */
    public long wallMillis(Moment moment) {
        Moment planned = attempt.plannedAt();
        return planned.epochMillis() + (moment.nanos() - planned.nanos()) / 1_000_000;
    }

    /** How many notes agents wrote on it. */
    public int notes() {
        return notes;
    }

    /**
     * Makes the details that are kept of the call once it is over.
     *
     * @param cost null where no tariff says
     */
    public CallDetails details(Outcome outcome, Fault fault, CallCause cause, Moment ended, @Nullable CallCost cost) {
        return new CallDetails(
                id(),
                lead.id(),
                campaign.id(),
                outcome,
                fault,
                cause,
                connectedAtEpochMillis == 0 ? null : agent,
                dialledAtEpochMillis,
                ringingAtEpochMillis,
                answeredAt == null ? 0 : wallMillis(answeredAt),
                connectedAtEpochMillis,
                wallMillis(ended),
                answerToConnectedMicros,
                greeting,
                cost,
                scriptVersion);
    }
}
