package org.paceline.bench.pacing.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Outcome;

/**
 * The laws that were fitted to past calls: a public and its agents, on a day that is the mean of theirs.
 *
 * @param basis how much the fit is based on
 * @param actual how those days went
 * @param answerChance mean chance of an answer of a call that is not given up
 * @param hours the hours of the day, the first from second 0
 * @param segments never empty; one without a name where the list tells none
 * @param setUp time from the dial until the phone rings
 * @param ring time from then to the answer
 * @param unanswered time from then to the end of a call that nobody answers
 * @param talk time of the talk with an agent
 * @param wrapUp time of the wrap-up after it
 * @param failures other ends of calls that are not answered
 * @param machines answering machines that were detected
 */
public record FittedLaws(
        Basis basis,
        Actual actual,
        double answerChance,
        List<Hour> hours,
        List<Segment> segments,
        SampleLaw setUp,
        SampleLaw ring,
        SampleLaw unanswered,
        SampleLaw talk,
        SampleLaw wrapUp,
        List<Failure> failures,
        Machines machines) {
    /** The highest chance of an answer: no call is sure to be answered. */
    private static final double MOST_CHANCE = 0.98;

    /**
     * @param firstHourUtc hour of the day at which the fitted day begins, UTC
     * @param wrapUps talks whose wrap-up is known
     */
    public record Basis(
            int calls, int answered, int talks, int wrapUps, int givenUp, int days, int firstHourUtc, int campaigns) {}

    /**
     * How the days of those calls went. Agents count as present from their first talk to their last, except while they
     * had none for half an hour.
     *
     * @param utilisation share of that time in talk and wrap-up, 0 to 1
     * @param talkShare share of that time in talk alone
     * @param abandonedRatio share of answered calls, without machines that were detected, that were abandoned, 0 to 1
     * @param dialsPerAnswer dials for each of these answers
     */
    public record Actual(
            double utilisation,
            double talkShare,
            double idleSecondsPerTalk,
            double talksPerAgentHour,
            double abandonedRatio,
            double dialsPerAnswer) {}

    /**
     * @param factor by which all chances of an answer are multiplied in that hour
     * @param agents agents who were present, in the mean
     */
    public record Hour(double factor, double agents, int calls) {}

    /**
     * Leads of one grade.
     *
     * @param share their share of the calls, 0 to 1
     * @param factor the factor on their chance of an answer
     */
    public record Segment(@Nullable String name, double share, double factor) {}

    /**
     * @param share share of the calls that are not answered, 0 to 1
     * @param after time from the dial to the end
     */
    public record Failure(Outcome outcome, double share, SampleLaw after) {}

    /**
     * @param share share of answered calls, 0 to 1
     * @param detection time from the answer to the end, or null where there was none
     */
    public record Machines(double share, @Nullable SampleLaw detection) {}

    public FittedLaws {
        hours = List.copyOf(hours);
        segments = List.copyOf(segments);
        failures = List.copyOf(failures);
    }

    /** The chance that a call of the segment, dialled in the hour, is answered. */
    public double chance(Segment segment, Hour hour) {
        return Math.min(MOST_CHANCE, answerChance * segment.factor * hour.factor);
    }

    /** Returns the mean number of agents in the hours that had any. */
    public double agents() {
        return hours.stream()
                .mapToDouble(Hour::agents)
                .filter(agents -> agents > 0)
                .average()
                .orElse(0);
    }
}
