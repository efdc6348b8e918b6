package org.paceline.bench.pacing.scenario;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Outcome;
import org.paceline.rules.AbandonmentTerms;

/**
 * A public, the agents that serve it and the limits of the dialer, as a scenario's file says it; {@link ScenarioFile}
 * reads one. Times are seconds of a day, the first being 0.
 *
 * @param name as on the command line
 * @param days how many days a run has unless told otherwise, at least 1
 * @param campaigns at least one; they share the agents
 */
public record Scenario(
        String name,
        int days,
        Team team,
        List<ScenarioCampaign> campaigns,
        ScenarioTrunk trunk,
        AbandonmentTerms terms) {

    public Scenario {
        campaigns = List.copyOf(campaigns);
        if (campaigns.isEmpty() || days < 1) {
            throw new IllegalArgumentException(
                    "days=" + days + " campaigns=" + campaigns.size() + ": there must be one of each");
        }
    }

    /** Returns the same scenario, with shares taken over that window. */
    public Scenario withWindow(Duration window) {
        AbandonmentTerms other = new AbandonmentTerms(
                terms.source(),
                terms.limitRatio(),
                terms.denominator(),
                new AbandonmentTerms.Window.Rolling(window.toMillis()),
                terms.clockStart(),
                terms.connectWithinMillis(),
                terms.minimumRingMillis(),
                terms.citation());
        return new Scenario(name, days, team, campaigns, trunk, other);
    }

    /**
     * The agents, and how they come, leave and take breaks.
     *
     * @param agents how many there are, or 0 where the scenario does not say
     * @param paceDeviation standard deviation between agents of the factor on how long their talks last, which is 1 in
     *     the mean; 0 for all alike
     * @param arriveEverySeconds time between two agents who come, the first at once; 0 for all at once
     */
    public record Team(
            int agents, double paceDeviation, double arriveEverySeconds, List<Break> breaks, List<SignOff> signOffs) {
        /** A team in which all are there from the start to the end. */
        public static final Team STEADY = new Team(0, 0, 0, List.of(), List.of());

        public Team {
            breaks = List.copyOf(breaks);
            signOffs = List.copyOf(signOffs);
        }
    }

    /**
     * A share of the agents pauses.
     *
     * @param share the share, 0 to 1; of several breaks each takes the next agents in their row
     * @param lastsSeconds length of the break, from when the agent is paused
     * @param announced whether an agent who talks asks for the break at once and is paused after the call and its
     *     wrap-up; otherwise nobody knows of the break until then
     */
    public record Break(double atSecond, double share, double lastsSeconds, boolean announced) {}

    /** A share of the agents leaves for the day; those who talk leave after their call. */
    public record SignOff(double atSecond, double share) {}

    /**
     * A campaign.
     *
     * @param agentsShare share of the agents that serve it, 0 to 1; the first campaign's are counted from the first
     *     agent, the second's from the last, and so on in turns. An agent that no campaign takes serves all of them
     * @param lists one after the other, in order by time; never empty
     */
    public record ScenarioCampaign(String name, double agentsShare, List<CallList> lists, People people) {
        public ScenarioCampaign {
            lists = List.copyOf(lists);
            if (lists.isEmpty()) {
                throw new IllegalArgumentException("campaign " + name + " has no list");
            }
        }
    }

    /**
     * Leads, as many as are asked for, mixed by the groups' weights.
     *
     * @param untilSecond when none is left; {@link Double#MAX_VALUE} for never
     * @param groups never empty
     */
    public record CallList(double fromSecond, double untilSecond, List<Group> groups) {
        public CallList {
            groups = List.copyOf(groups);
        }

        public double weight() {
            return groups.stream().mapToDouble(Group::weight).sum();
        }

        /** Returns the mean chance of an answer of its leads. */
        public double chanceAt(double second) {
            return groups.stream()
                            .mapToDouble(group -> group.weight * group.odds.at(second))
                            .sum()
                    / weight();
        }
    }

    /**
     * Leads that are answered alike.
     *
     * @param grade the grade by which the dialer tells them apart, or null where it cannot
     * @param weight the weight relative to the other groups
     * @param ring as in {@link People}; null for the campaign's
     * @param unanswered as in {@link People}; null for the campaign's
     */
    public record Group(
            @Nullable String grade,
            double weight,
            Odds odds,
            @Nullable DurationLaw ring,
            @Nullable DurationLaw unanswered) {
        /** Makes a group with the campaign's durations. */
        public Group(@Nullable String grade, double weight, Odds odds) {
            this(grade, weight, odds, null, null);
        }
    }

    /**
     * The behaviour of the called parties and of the agents who serve them.
     *
     * @param setUp time from the dial until the phone rings
     * @param ring time from then to the answer, for people who answer
     * @param unanswered how long a phone rings that nobody answers; people who would take longer to answer do not
     * answer
     * @param patience how long an answered customer waits for an agent before hanging up, or null for longer than
     * allowed
     * @param failures how calls that nobody answers end otherwise
     */
    public record People(
            DurationLaw setUp,
            DurationLaw ring,
            DurationLaw unanswered,
            DurationLaw talk,
            DurationLaw wrapUp,
            @Nullable DurationLaw patience,
            Machines machines,
            List<Failure> failures) {
        public People {
            failures = List.copyOf(failures);
        }

        /** Returns the behaviour of the people of one group. */
        public People of(Group group) {
            return group.ring == null && group.unanswered == null
                    ? this
                    : new People(
                            setUp,
                            group.ring == null ? ring : group.ring,
                            group.unanswered == null ? unanswered : group.unanswered,
                            talk,
                            wrapUp,
                            patience,
                            machines,
                            failures);
        }
    }

    /**
     * Answering machines. Where they are detected, every answered call, persons' calls too, is listened to for a while
     * before the dialer is told of the answer. A call of a detected machine ends as {@code MACHINE}; that of an
     * undetected one goes to an agent as a person's does.
     *
     * @param share share of answered calls, 0 to 1
     * @param detectedShare share of machines that are detected, 0 to 1
     * @param detection how long a call is listened to
     * @param talk how long an agent is busy with an undetected machine, without the wrap-up
     */
    public record Machines(double share, double detectedShare, DurationLaw detection, DurationLaw talk) {
        public static final Machines NONE = new Machines(0, 0, new DurationLaw.Fixed(0), new DurationLaw.Fixed(8));

        /** Returns the share of answered calls that the dialer is told of as answered. */
        public double toldShare() {
            return 1 - share * detectedShare;
        }
    }

    /**
     * @param outcome the outcome as the network tells it
     * @param share share of the calls that nobody answers, 0 to 1
     * @param after time from the dial, set-up included
     */
    public record Failure(Outcome outcome, double share, DurationLaw after) {}

    /**
     * The trunk's limits; each is the lower of the fixed limit and the limit for each agent; {@link #NO_LIMIT} for
     * none.
     *
     * @param callsPerSecond new calls
     */
    public record ScenarioTrunk(
            double channels, double channelsPerAgent, double callsPerSecond, double callsPerSecondPerAgent) {
        public static final double NO_LIMIT = Double.MAX_VALUE;
        public static final ScenarioTrunk WIDE = new ScenarioTrunk(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT);

        /** Returns how many channels there are, at least 1. */
        public int channels(int agents) {
            return (int) Math.clamp(Math.min(channels, channelsPerAgent * agents), 1, Integer.MAX_VALUE);
        }

        public double callsPerSecond(int agents) {
            return Math.min(1e7, Math.min(callsPerSecond, callsPerSecondPerAgent * agents));
        }
    }
}
