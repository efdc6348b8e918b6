package org.paceline.dialer.state;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallRecord;
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
import org.paceline.dialer.time.Timers;
import org.paceline.rules.AbandonmentTerms;

/**
 * One attempt from its plan to its end. Its state changes in the engine's call flow only.
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
    private long abandonmentTimer = Timers.NONE;
    private @Nullable Moment answeredAt;
    private Greeting greeting = Greeting.NONE;
    private long dialledAtEpochMillis;
    private long ringingAtEpochMillis;
    private boolean alerting;
    private long connectedAtEpochMillis;
    private @Nullable String scriptVersion;
    private int notes;
    private long answerToConnectedMicros = -1;

    public Call(Attempt attempt, Lead lead, Campaign campaign) {
        this.attempt = attempt;
        this.lead = lead;
        this.campaign = campaign;
    }

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

    public void state(CallState next) {
        state = next;
    }

    /** Who is joined or being joined, or null. */
    public @Nullable AgentId agent() {
        return agent;
    }

    public void agent(@Nullable AgentId joined) {
        agent = joined;
    }

    /** The call of the phone of an agent without a standing line, from its begin to the end of the talk, or null. */
    public @Nullable AgentRing ring() {
        return ring;
    }

    public void ring(@Nullable AgentRing begun) {
        ring = begun;
    }

    /** The outcome that the end will have, where it is decided before. */
    public @Nullable Outcome endsAs() {
        return endsAs;
    }

    public void endsAs(Outcome outcome) {
        endsAs = outcome;
    }

    /** What becomes of its lead where that is decided before the end, whatever the retry plan says; else null. */
    public @Nullable LeadNext decided() {
        return decided;
    }

    public void decided(@Nullable LeadNext next) {
        decided = next;
    }

    public long abandonmentTimer() {
        return abandonmentTimer;
    }

    public void abandonmentTimer(long timer) {
        abandonmentTimer = timer;
    }

    public boolean wasAnswered() {
        return answeredAt != null;
    }

    /** When it was answered; asked of answered calls only. */
    public Moment answeredAt() {
        if (answeredAt == null) {
            throw new IllegalStateException("call=" + id() + " state=" + state + ": was not answered");
        }
        return answeredAt;
    }

    public void answeredAt(Moment moment) {
        answeredAt = moment;
    }

    /** What has been heard of the called party's first words. */
    public Greeting greeting() {
        return greeting;
    }

    public void greeting(Greeting heard) {
        greeting = heard;
    }

    /** How long the customer may be without an agent by what is known of the greeting, milliseconds from the answer. */
    public long waitsAtMostMillis() {
        long shortest = Long.MAX_VALUE;
        for (AbandonmentTerms terms : campaign.settings().rules().abandonments()) {
            shortest = Math.min(shortest, greeting.latestStartMillis(terms.clockStart()) + terms.connectWithinMillis());
        }
        return shortest;
    }

    /** Whether the trunk said that its phone rings. */
    public boolean hasRung() {
        return alerting;
    }

    /**
     * The moment as the call's records tell it: its times are counted from its plan on by the monotonic clock, so that a clock
     * that is set during the call makes no time in it negative, or longer than it was. Epoch milliseconds.
     */
    public long recordedAs(Moment moment) {
        Moment planned = attempt.plannedAt();
        return planned.epochMillis() + (moment.nanos() - planned.nanos()) / 1_000_000;
    }

    /** It was given to the telephone network. */
    public void dialledAt(Moment moment) {
        dialledAtEpochMillis = recordedAs(moment);
    }

    /** @param isAlerting whether the trunk says so; else it says only that the call goes on */
    public void ringingAt(Moment moment, boolean isAlerting) {
        ringingAtEpochMillis = recordedAs(moment);
        alerting = isAlerting;
    }

    /** @param script what the agent reads from, or null */
    public void connected(Moment moment, long micros, @Nullable Script script) {
        scriptVersion = script == null ? null : script.version();
        connectedAtEpochMillis = recordedAs(moment);
        answerToConnectedMicros = micros;
    }

    /** How many notes agents wrote on it. */
    public int notes() {
        return notes;
    }

    public void countNote() {
        notes++;
    }

    /**
     * What is kept of the call once it is over.
     *
     * @param cost null where no tariff says
     */
    public CallRecord record(Outcome outcome, Fault fault, CallCause cause, Moment ended, @Nullable CallCost cost) {
        return new CallRecord(
                id(),
                lead.id(),
                campaign.id(),
                outcome,
                fault,
                cause,
                connectedAtEpochMillis == 0 ? null : agent,
                dialledAtEpochMillis,
                ringingAtEpochMillis,
                answeredAt == null ? 0 : recordedAs(answeredAt),
                connectedAtEpochMillis,
                recordedAs(ended),
                answerToConnectedMicros,
                greeting,
                cost,
                scriptVersion);
    }
}
