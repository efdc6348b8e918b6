package org.paceline.dialer.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.FloorTerms;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.numbers.OptOutLists;
import org.paceline.dialer.pacing.AnsweredCalls;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;

/** Everything that can happen to the engine. */
public sealed interface Event {

    // ---- time

    /** Time passed; timers that are due expire. */
    record Ticked() implements Event {
        public static final Ticked INSTANCE = new Ticked();
    }

    // ---- calls, from the telephone network

    /**
     * The called party's phone rings.
     *
     * @param alerting whether the trunk says so (180). Otherwise it only says that the call is in progress (183):
     *     whether a phone rings is not known, and the event may come once more, with 180
     */
    record CallRinging(CallId call, boolean alerting) implements Event {

        /** The called party's phone rings, as the trunk says (180). */
        public CallRinging(CallId call) {
            this(call, true);
        }
    }

    /** The called party answered (2xx, ACK sent) and the media is there to be joined. */
    record CallAnswered(CallId call) implements Event {}

    /**
     * The called party begins to speak after the answer; this comes only for orders that await the greeting.
     *
     * @param answerToGreetingMillis from the arrival of the 200 OK to the first sound, milliseconds
     */
    record GreetingBegan(CallId call, long answerToGreetingMillis) implements Event {}

    /**
     * The called party has paused; this comes once, after {@link GreetingBegan} and after the pause that proves it.
     *
     * @param answerToGreetingMillis from the arrival of the 200 OK to the last sound before the pause, milliseconds
     */
    record GreetingEnded(CallId call, long answerToGreetingMillis) implements Event {}

    /**
     * Customer and agent hear each other.
     *
     * @param answerToConnectedMicros from the arrival of the 200 OK to the joined relay, microseconds
     */
    record CallConnected(CallId call, AgentId agent, long answerToConnectedMicros) implements Event {}

    /**
     * The call ended before it was up.
     *
     * @param outcome one of NO_ANSWER, BUSY, MACHINE, FAX, INVALID_NUMBER, REJECTED, UNWANTED, CONGESTION,
     *     TRUNK_FAILED, CANCELLED
     * @param pickedUp the called party answered all the same, and was hung up on: while we were cancelling, or because we
     *     could not speak the session that it answered with
     * @param fault whose doing it was
     * @param callerIdBlocked a network judged the caller ID and blocked the call; the called party was not asked
     */
    record CallFailed(
            CallId call, Outcome outcome, CallCause cause, boolean pickedUp, Fault fault, boolean callerIdBlocked)
            implements Event {

        /** A call that failed with no word on its caller ID. */
        public CallFailed(CallId call, Outcome outcome, CallCause cause, boolean pickedUp, Fault fault) {
            this(call, outcome, cause, pickedUp, fault, false);
        }

        /** A call that failed by the usual fault of its outcome. */
        public CallFailed(CallId call, Outcome outcome, CallCause cause, boolean pickedUp) {
            this(call, outcome, cause, pickedUp, outcome.usualFault());
        }
    }

    /** The call ended before the network heard of it: no byte of it can have left. */
    record CallNotSent(CallId call, NotSent why) implements Event {}

    /** An answered call ended. */
    record CallHungUp(CallId call, HungUpBy by, CallCause cause) implements Event {}

    /** A recording was closed. It may come after the call's end. */
    record RecordingClosed(CallId call, RecordingFile file) implements Event {}

    // ---- agents' lines

    record LineOpened(AgentId agent) implements Event {}

    /**
     * The line is down; the network tries again by itself.
     *
     * @param reason one line for people
     */
    record LineLost(AgentId agent, String reason) implements Event {}

    // ---- agents' phones that are called for each customer

    /**
     * The phone was answered, and customer and agent hear each other.
     *
     * @param answerToConnectedMicros as in {@link CallConnected}; the time that the agent's phone rang is included
     */
    record AgentAnswered(AgentRing ring, long answerToConnectedMicros) implements Event {}

    /**
     * The phone was busy, refused the call or could not be reached; the customer is still there.
     *
     * @param reason one line for people
     */
    record AgentMissed(AgentRing ring, String reason) implements Event {}

    /** The phone hung up during the talk; the customer is still there. */
    record AgentHungUp(AgentRing ring) implements Event {}

    /**
     * The phone is not there any more, during the talk; the customer is still there.
     *
     * @param reason one line for people
     */
    record AgentLost(AgentRing ring, String reason) implements Event {}

    // ---- agents, from the API

    /** @param request names the question; {@link Effect.AnswerCommand} carries it back */
    record AgentCommanded(long request, AgentId agent, AgentCommand command) implements Event {}

    /**
     * Qualifications as the database knows them, told at the start and when one changes; a later one replaces an
     * earlier one.
     */
    record AgentsQualified(List<Qualification> qualifications) implements Event {}

    // ---- the journal

    /**
     * The journal is through with a batch. The attempts are in the database; none is dialled before {@link
     * Effect.Dial}.
     *
     * @param calls the calls of the batch that were not refused
     * @param tookNanos how long the batch took, its retries included
     */
    record AttemptsJournaled(List<CallId> calls, long tookNanos) implements Event {}

    /**
     * The database refused an attempt, because it knows of more attempts than we did, or of more money spent. The
     * attempt was not dialled.
     *
     * @param spentElsewhere what other runs and nodes took of the budget, if the budget was the reason; else null
     */
    record AttemptRefused(
            CallId call,
            RuleId rule,
            List<Long> attemptsEpochMillis,
            @Nullable Spent spentElsewhere) implements Event {

        public AttemptRefused(CallId call, RuleId rule, List<Long> attemptsEpochMillis) {
            this(call, rule, attemptsEpochMillis, null);
        }
    }

    /** The store wrote so many entries. */
    record EntriesStored(int count) implements Event {}

    // ---- leads

    /**
     * Answers a request for leads.
     *
     * @param nextDueEpochMillis when the next lead falls due if fewer came than were asked for; {@link Long#MAX_VALUE}
     *     for none
     * @param heldElsewhere which others hold leads of the campaign, one line for people, if fewer came than were asked
     *     for; null for nobody
     */
    record LeadsArrived(
            CampaignId campaign,
            List<Lead> leads,
            long nextDueEpochMillis,
            @Nullable String heldElsewhere) implements Event {

        /** An answer where nobody else holds any leads of the campaign. */
        public LeadsArrived(CampaignId campaign, List<Lead> leads, long nextDueEpochMillis) {
            this(campaign, leads, nextDueEpochMillis, null);
        }
    }

    /** Promised calls of the campaign are due. */
    record CallbacksDue(CampaignId campaign) implements Event {}

    /** Answers {@link Effect.RequestCallbacks}; each lead has a callback. */
    record CallbacksArrived(CampaignId campaign, List<Lead> leads) implements Event {}

    /** A call was promised by hand; it is in the database. */
    record CallbackPromised(CampaignId campaign, LeadId lead, long dueEpochMillis) implements Event {}

    /** A promise was taken back by hand; a call that is under way goes on. */
    record CallbackCancelled(CampaignId campaign, LeadId lead, LeadNext next) implements Event {}

    /** New leads may be there: an import ended, a lead was put back by hand. */
    record LeadsChanged(CampaignId campaign) implements Event {}

    /** A number may not be called any more. It holds for the very next dial. */
    record NumberOptedOut(long e164, OptOut entry) implements Event {}

    /**
     * The answered calls of a campaign in earlier runs and on other nodes, as far back as any window reaches; they
     * replace those told before.
     */
    record AnswersElsewhere(CampaignId campaign, List<AnsweredCalls> calls) implements Event {}

    /** The money that earlier runs and other nodes took of a budget in a month; it replaces what was told before. */
    record SpentElsewhere(Spent spent) implements Event {}

    /** Entries of a number were taken out; these are left, not counting those of {@link OptOutListsReplaced}. */
    record OptOutsRemoved(long e164, List<OptOut> left) implements Event {}

    /**
     * The do-not-call lists of many numbers changed; the new lists are made outside of the engine, so that this costs
     * nothing here.
     */
    record OptOutListsReplaced(OptOutLists lists) implements Event {}

    // ---- configuration and the state of the world

    /** The terms for all agents. A pause that has begun keeps the terms that it began under. */
    record FloorConfigured(FloorTerms terms) implements Event {}

    /** A new or changed campaign. */
    record CampaignConfigured(CampaignSettings settings) implements Event {}

    /** The campaign's file is gone: no more dials, live calls go on. */
    record CampaignRemoved(CampaignId campaign) implements Event {}

    /** All campaigns that a supervisor has paused. They replace those told before, and hold for the very next dial. */
    record CampaignsPaused(Map<CampaignId, CampaignPause> pauses) implements Event {}

    record TrunkConfigured(TrunkSettings settings) implements Event {}

    /** The trunk is configured no more: no more dials, live calls go on. */
    record TrunkRemoved(TrunkId trunk) implements Event {}

    /** @param blockedMillis how long to place no calls on it even if it is up (Retry-After), 0 for no such wait */
    record TrunkChanged(TrunkId trunk, boolean up, long blockedMillis, String reason) implements Event {}

    /**
     * How many local ports there are for calls' and agents' audio, those in use included.
     *
     * @param usable {@link Integer#MAX_VALUE} where nothing limits them
     * @param heldByOthers ports of the configured range that another program has
     */
    record RtpPortsChanged(int usable, int heldByOthers) implements Event {}

    /** @param reason why recordings cannot be written, or null when they can */
    record RecorderChanged(@Nullable String reason) implements Event {}

    /**
     * Nothing is dialled while the database does not answer; live calls go on.
     *
     * @param fault why it does not take what we record, one line for people, or null when it does
     */
    record DatabaseChanged(@Nullable String fault) implements Event {}

    /** No new dials from now on; live calls end, at the latest after that limit. */
    record DrainRequested(long limitMillis) implements Event {}
}
