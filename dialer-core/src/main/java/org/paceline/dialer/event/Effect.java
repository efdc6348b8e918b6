package org.paceline.dialer.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.rules.OptOut;

/** Everything that the engine can ask for. */
public sealed interface Effect {

    // ---- to the journal

    /** Effects that go to the journal, in order. */
    sealed interface Journaled extends Effect {}

    /** Stores the attempt; {@link Dial} follows once it is stored and still right. */
    record PlaceCall(Attempt attempt) implements Journaled {}

    /**
     * Takes a stored attempt that was not sent out of all counts, before any attempt that is planned after it is
     * stored.
     */
    record TakeBack(Attempt attempt, NotSent why, long atEpochMillis) implements Journaled {}

    // ---- to the telephone network

    /** Effects that begin a call or end it before its answer, in order. */
    sealed interface Dialling extends Effect {}

    record Dial(CallId call, DialOrder order) implements Dialling {}

    record CancelCall(CallId call) implements Dialling {}

    record Connect(CallId call, AgentId agent) implements Effect {}

    record RingAgent(AgentRing ring, AgentAddress at) implements Effect {}

    record StopRinging(AgentRing ring) implements Effect {}

    /** Has the agent on the call hear that the talk is long. */
    record WarnAgent(CallId call) implements Effect {}

    record StartRecording(CallId call) implements Effect {}

    record Announce(CallId call, Announcement announcement) implements Effect {}

    record HangUp(CallId call, HangUpCause cause) implements Effect {}

    record OpenLine(AgentId agent, AgentAddress at) implements Effect {}

    record CloseLine(AgentId agent) implements Effect {}

    // ---- to the lead source

    record RequestLeads(CampaignId campaign, int count) implements Effect {}

    /**
     * Asks for promised calls that are due.
     *
     * @param agents the signed-in agents, whose own callbacks may be dialled
     * @param graceMillis how long after its due time a callback becomes any agent's
     */
    record RequestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) implements Effect {}

    // ---- to whoever asked

    record AnswerCommand(long request, CommandResult result) implements Effect {}

    // ---- to the log

    /**
     * A trunk failed call after call and is stopped, or goes on.
     *
     * @param reason one line for people; null where it goes on
     * @param triesAtEpochMillis when a call is tried next
     */
    record TrunkStopped(TrunkId trunk, @Nullable String reason, long triesAtEpochMillis) implements Effect {}

    /**
     * Networks judge a caller ID as unwanted; told at the first call that they blocked, and whenever their number has doubled.
     *
     * @param callerId E.164 digits without {@code +}
     * @param sipStatus of the last such call
     * @param blocked such calls since the start
     */
    record CallerIdBlocked(long callerId, int sipStatus, long blocked) implements Effect {}

    /**
     * People answer calls with a caller ID far more seldom than before, or again as before.
     *
     * @param health as of then
     */
    record CallerIdAnswers(CallerIdHealth health) implements Effect {}

    // ---- to whoever stops the process

    /** No call is live after a drain was requested. */
    record Drained() implements Effect {}

    // ---- to the store

    /** Effects that the store keeps. */
    sealed interface Entry extends Effect {}

    /**
     * An attempt ended; its lead goes on as told, in the same transaction.
     *
     * @param callback id of the promised call that the attempt was to keep, or null
     */
    record AttemptEnded(
            CallDetails call, LeadNext next, @Nullable Long callback) implements Entry {

        /** An attempt that no promised call was kept with. */
        public AttemptEnded(CallDetails call, LeadNext next) {
            this(call, next, null);
        }
    }

    /** A lead goes back without an attempt. */
    record LeadSettled(LeadId lead, LeadNext next) implements Entry {}

    /**
     * An agent changed state, or the campaigns that the agent serves changed.
     *
     * @param reason why the agent is paused or the line is lost, or what was refused or is not served, or null
     * @param call the call that the agent is on, or null
     */
    record AgentChanged(
            AgentId agent,
            AgentState state,
            @Nullable String reason,
            @Nullable CallId call,
            long atEpochMillis) implements Entry {}

    /** A shift began. */
    record SignedIn(AgentId agent, Set<CampaignId> campaigns, long atEpochMillis) implements Entry {}

    /**
     * A shift ended.
     *
     * @param signedInAtEpochMillis as in its {@link SignedIn}
     * @param reason why the dialer ended it, or null where it was asked for
     */
    record SignedOut(
            AgentId agent,
            long signedInAtEpochMillis,
            @Nullable String reason,
            long atEpochMillis) implements Entry {}

    /**
     * An agent went over a limit.
     *
     * @param call the call that the agent is on, or null
     */
    record LimitPassed(AgentId agent, Limit limit, @Nullable CallId call, long atEpochMillis) implements Entry {}

    /** An agent gave a call a disposition. */
    record CallDisposed(CallId call, AgentId agent, Disposition disposition, long atEpochMillis) implements Entry {}

    /**
     * A note on a call.
     *
     * @param number 1 for the call's first; with the call it names the note
     * @param madeBy who wrote it, {@code agent:alice}
     * @param text one or more lines
     */
    record CallNoted(CallId call, int number, String madeBy, String text, long atEpochMillis) implements Entry {}

    /**
     * An agent's word finished a lead, and with it the call that was promised to it.
     *
     * @param settled whether another entry tells what becomes of the lead; if not, its attempt ended before
     */
    record LeadFinished(LeadId lead, boolean settled, long atEpochMillis) implements Entry {}

    /**
     * An agent promised another call, which replaces any call promised before.
     *
     * @param agent whose it is, or null for any agent's
     * @param dueEpochMillis when
     * @param attempts how many attempts of the lead had ended by the callee's doing by then
     * @param madeBy who promised it, {@code agent:alice}
     * @param settled whether another entry tells what becomes of the lead; if not, its attempt ended before
     */
    record CallbackMade(
            LeadId lead,
            @Nullable AgentId agent,
            long dueEpochMillis,
            int attempts,
            String madeBy,
            @Nullable String note,
            boolean settled,
            long atEpochMillis)
            implements Entry {}

    /** What a campaign's calls are about from that time on; null where nothing is said. */
    record MatterSet(CampaignId campaign, @Nullable String matter, long atEpochMillis) implements Entry {}

    record RecordingKept(CallId call, RecordingFile file, long atEpochMillis) implements Entry {}

    /** The called party's network (SIP 607) or the called party asked for the number not to be called again. */
    record OptedOut(long e164, OptOut entry, long atEpochMillis) implements Entry {}
}
