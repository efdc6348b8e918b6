package org.paceline.bench.pacing.scenario;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Outcome;
import org.paceline.rules.AbandonmentTerms;

/**
 * A public, the agents that serve it and what binds the dialer, as a scenario's file says it; {@link ScenarioFile} reads one.
 * Times are seconds of a day, the first being 0.
 *
 * @param name as on the command line
 * @param days how many days a run has unless told otherwise, at least 1
 * @param campaigns at least one; they share the agents
 */
public record Scenario(
        String name, int days, Team team, List<Campaign> campaigns, Trunk trunk, AbandonmentTerms terms) {

    public Scenario {
        campaigns = List.copyOf(campaigns);
        if (campaigns.isEmpty() || days < 1) {
            throw new IllegalArgumentException(
                    "days=" + days + " campaigns=" + campaigns.size() + ": there must be one of each");
        }
    }

    /** The same, with shares taken over the last so long. */
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
     * How agents come, go and break.
     *
     * @param agents how many there are, or 0 where that is not the scenario's to say
     * @param paceDeviation standard deviation between agents of the factor, 1 in the mean, on how long each one's talks last;
     *     0 for all alike
     * @param arriveEverySeconds the first comes at once, each other so long after the one before; 0 for all at once
     */
    public record Team(
            int agents, double paceDeviation, double arriveEverySeconds, List<Break> breaks, List<SignOff> signOffs) {
        /** All at the start, to the end. */
        public static final Team STEADY = new Team(0, 0, 0, List.of(), List.of());

        public Team {
            breaks = List.copyOf(breaks);
            signOffs = List.copyOf(signOffs);
        }
    }

    /**
     * A share of the agents pauses.
     *
     * @param share 0 to 1; of several breaks each takes the agents that come next in their row
     * @param lastsSeconds from when the agent is paused
     * @param announced whether who talks asks for it at once and is paused after the call and its wrap-up; else nobody knows
     *     of it until then
     */
    public record Break(double atSecond, double share, double lastsSeconds, boolean announced) {}

    /** A share of the agents leaves for the day, those who talk after their call. */
    public record SignOff(double atSecond, double share) {}

    /**
     * A campaign.
     *
     * @param agentsShare share of the agents that serve it, 0 to 1; the first campaign's are counted from the first agent, the
     *     second's from the last, and so on in turns. Whom none takes serves all
     * @param lists one after the other, in order by time; never empty
     */
    public record Campaign(String name, double agentsShare, List<CallList> lists, People people) {
        public Campaign {
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

        /** Mean chance of an answer of its leads. */
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
     * @param grade by which the dialer tells them apart, or null where it cannot
     * @param weight against the other groups'
     * @param ring as in {@link People}; null for the campaign's
     * @param unanswered as in {@link People}; null for the campaign's
     */
    public record Group(
            @Nullable String grade,
            double weight,
            Odds odds,
            @Nullable DurationLaw ring,
            @Nullable DurationLaw unanswered) {
        /** With the campaign's durations. */
        public Group(@Nullable String grade, double weight, Odds odds) {
            this(grade, weight, odds, null, null);
        }
    }

    /**
     * How the called and those who serve them behave.
     *
     * @param setUp from the dial until the phone rings
     * @param ring from then to the answer, of those who answer
     * @param unanswered how long a phone rings that nobody answers; who would take longer to answer does not
     * @param patience how long an answered customer waits for an agent before hanging up, or null for longer than allowed
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

        /** How those of one group behave. */
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
     * Answering machines. Where they are detected, all that is answered is listened to for a while before the dialer hears
     * of the answer, persons too; a detected one ends as {@code MACHINE}, another goes to an agent as a person does.
     *
     * @param share of answered calls, 0 to 1
     * @param detectedShare of machines, 0 to 1
     * @param detection how long is listened
     * @param talk how long an agent is busy with one that was not detected, without the wrap-up
     */
    public record Machines(double share, double detectedShare, DurationLaw detection, DurationLaw talk) {
        public static final Machines NONE = new Machines(0, 0, new DurationLaw.Fixed(0), new DurationLaw.Fixed(8));

        /** Share of answered calls that the dialer is told of as answered. */
        public double toldShare() {
            return 1 - share * detectedShare;
        }
    }

    /**
     * @param outcome as the network tells it
     * @param share of the calls that nobody answers, 0 to 1
     * @param after from the dial, set-up included
     */
    public record Failure(Outcome outcome, double share, DurationLaw after) {}

    /**
     * The trunk's limits, each the lower of the fixed one and the one for each agent; {@link #NO_LIMIT} for none.
     *
     * @param callsPerSecond new calls
     */
    public record Trunk(
            double channels, double channelsPerAgent, double callsPerSecond, double callsPerSecondPerAgent) {
        public static final double NO_LIMIT = Double.MAX_VALUE;
        public static final Trunk WIDE = new Trunk(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT);

        /** At least 1. */
        public int channels(int agents) {
            return (int) Math.clamp(Math.min(channels, channelsPerAgent * agents), 1, Integer.MAX_VALUE);
        }

        public double callsPerSecond(int agents) {
            return Math.min(1e7, Math.min(callsPerSecond, callsPerSecondPerAgent * agents));
        }
    }
}
