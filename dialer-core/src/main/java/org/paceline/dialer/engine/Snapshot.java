package org.paceline.dialer.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.TimeInStates;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.state.IdleReason;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.TrunkFigures;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.rules.RuleId;

/**
 * The engine's state as others may read it; a new one is made a few times a second.
 *
 * <p>Thread: any (immutable).
 *
 * @param liveCalls calls between plan and end, all campaigns
 * @param recorderFault why recordings cannot be written, or null
 * @param callerIds the caller IDs used since the start, at most {@value org.paceline.dialer.trunk.CallerIds#LIMIT}, the
 * one used last at the end
 * @param unexpectedEvents events that did not fit the state they came in, by {@code State/Event}
 * @param answerToConnected over the run
 */
public record Snapshot(
        Moment at,
        boolean draining,
        int liveCalls,
        @Nullable String recorderFault,
        List<AgentStatus> agents,
        List<CampaignStatus> campaigns,
        List<TrunkStatus> trunks,
        List<CallerIdHealth> callerIds,
        Network network,
        Map<String, Long> unexpectedEvents,
        Latency answerToConnected) {

    /**
     * @param reason of a pause or a lost line, or why a pause asked for was refused, or null
     * @param sinceEpochMillis when the state began
     * @param spent time in each state since the first sign-in of this run, the running one included
     * @param leftOut the campaigns whose calls the agent does not get, with the reason
     * @param lastCall the call that the agent talks on or talked on last, or null
     * @param today the load of this local day
     * @param breakMillisToday on break this local day, the running break included
     * @param over the limit that the running state went over, or null
     * @param limitsPassed how often each limit was passed in this run
     */
    public record AgentStatus(
            AgentId id,
            AgentState state,
            @Nullable String reason,
            long sinceEpochMillis,
            Set<CampaignId> campaigns,
            Map<CampaignId, String> leftOut,
            @Nullable CallId call,
            @Nullable CallId lastCall,
            long callsTaken,
            AgentDay today,
            long breakMillisToday,
            TimeInStates spent,
            @Nullable Limit over,
            Map<Limit, Long> limitsPassed) {}

    /**
     * Counters are over the run.
     *
     * @param idleReasons everything that keeps it from placing a call now, the most fundamental first; empty while it
     * dials
     * @param pause a supervisor's word that it is to place no calls, or null
     * @param readyLeads leased leads that may be dialled now
     * @param waitingLeads leased leads whose time has not come
     * @param planned calls that are being stored, before anything of them is sent
     * @param ringing calls sent and not answered
     * @param waiting answered calls not yet joined with an agent
     * @param answered calls answered by a person
     * @param abandonments how the campaign stands under the terms of each of its policies
     * @param pacing what its pacer based its decision on; null in modes that use nothing more than what stands here
     * @param budget how its budget stands; null where neither a budget nor a tariff is set
     * @param notSent planned calls that were not sent and so are no attempts, by reason
     * @param refusals by rule
     */
    public record CampaignStatus(
            CampaignId id,
            List<IdleReason> idleReasons,
            @Nullable CampaignPause pause,
            String dialMode,
            double linesPerAgent,
            int readyLeads,
            int waitingLeads,
            int agentsSignedIn,
            int agentsReady,
            int planned,
            int ringing,
            int waiting,
            int connected,
            long attempts,
            long answered,
            long abandoned,
            List<Abandonment> abandonments,
            @Nullable PacingState pacing,
            @Nullable Budget budget,
            Map<Outcome, Long> outcomes,
            Map<NotSent, Long> notSent,
            Map<RuleId, Long> refusals) {

        /**
         * Makes the entry of a campaign that has come into force and that the engine does not know yet: it does not
         * dial, and has no figures.
         */
        public static CampaignStatus notTakenUp(CampaignSettings settings) {
            return new CampaignStatus(
                    settings.id(),
                    List.of(new IdleReason(
                            IdleReason.Kind.NEW, "it is new: the engine takes it up within a second", 0)),
                    null,
                    settings.pacing().mode().name().toLowerCase(Locale.ROOT),
                    settings.pacing().linesPerAgent(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    List.of(),
                    null,
                    null,
                    Map.of(),
                    Map.of(),
                    Map.of());
        }

        /** Whether calls can be placed now. */
        public boolean dialling() {
            return idleReasons.isEmpty();
        }

        /** Returns the most fundamental reason why nothing is dialled now, one line for people, or null. */
        public @Nullable String idleReason() {
            return idleReasons.isEmpty() ? null : idleReasons.getFirst().text();
        }

        /**
         * Returns when the first reason ends, as far as is known; {@link Long#MAX_VALUE} if only a change ends it, 0
         * for unknown.
         */
        public long idleUntilEpochMillis() {
            return idleReasons.isEmpty() ? 0 : idleReasons.getFirst().untilEpochMillis();
        }
    }

    /**
     * How a campaign stands under one policy's terms on abandoned calls, within their window, all nodes and runs
     * counted.
     *
     * @param source the policy or campaign
     * @param answered calls that the share is taken of
     * @param ratio share of the answered calls that were abandoned, 0–1
     * @param limitRatio largest share allowed, 0–1
     * @param left how many calls more may be abandoned now
     */
    public record Abandonment(
            String source, long answered, long abandoned, double ratio, double limitRatio, long left) {}

    /**
     * How a budget stands in the running month, all nodes and runs counted; micros of money.
     *
     * @param month 202611 for November 2026
     * @param limitMicros {@link org.paceline.rules.Budget#NO_LIMIT} for none
     */
    public record Budget(String holder, int month, long limitMicros, long spentMicros, long reservedMicros) {}

    /**
     * @param up whether it answers
     * @param reason why it takes no calls, one line for people, or null
     * @param reservedChannels how many of the channels campaigns leave free
     * @param blockedUntilEpochMillis end of a Retry-After, or when a stopped trunk is tried next; 0 for none
     * @param figures what its attempts came to
     */
    public record TrunkStatus(
            TrunkId id,
            boolean up,
            TrunkState state,
            @Nullable String reason,
            int channels,
            int reservedChannels,
            int channelsInUse,
            long blockedUntilEpochMillis,
            TrunkFigures figures) {}

    /**
     * The resources that every dial needs besides its trunk.
     *
     * @param journalMillis how long the journal takes to write a batch of attempts
     * @param unjournaled attempts that wait for the journal
     * @param journalRoom how many more attempts may be planned now
     * @param rtpPorts local ports for audio, {@link Integer#MAX_VALUE} where nothing limits them
     * @param rtpPortsHeld ports of the range that other programs hold
     * @param rtpPortsFree how many more calls there are ports for
     */
    public record Network(
            long journalMillis, int unjournaled, int journalRoom, int rtpPorts, int rtpPortsHeld, int rtpPortsFree) {}

    /**
     * How long something took, microseconds; all times are 0 while {@code count} is 0.
     *
     * @param upTo for each of {@link #BOUNDS_MICROS}, how many took at most so long; a count includes those before it
     */
    public record Latency(long count, long p50Micros, long p99Micros, long maxMicros, long sumMicros, List<Long> upTo) {
        /** The bounds of the histogram: from joining a standing line to the seconds that a caller may wait. */
        public static final List<Long> BOUNDS_MICROS = List.of(
                500L,
                1_000L,
                2_500L,
                5_000L,
                10_000L,
                25_000L,
                50_000L,
                100_000L,
                250_000L,
                500_000L,
                1_000_000L,
                2_000_000L,
                5_000_000L);
    }
}
