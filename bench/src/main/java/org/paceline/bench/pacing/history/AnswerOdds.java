package org.paceline.bench.pacing.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The chance of an answer by group and hour: a mean times one factor for the group and one for the hour, each shrunk
 * towards one by {@link #PRIOR_ANSWERS}. What would have become of a call that was given up is estimated from the
 * chances so far and how long it had rung (expectation maximisation: Dempster, Laird and Rubin, 1977).
 */
final class AnswerOdds {
    /** How many expected answers the prior, a factor of one, is worth. */
    private static final double PRIOR_ANSWERS = 20;

    private static final double MOST_CHANCE = 0.98;
    private static final int ROUNDS = 40;

    private final double[][] calls;
    private final double[][] answers;
    private final double[] groups;
    private final double[] hours;
    private final List<GivenUp> givenUp = new ArrayList<>();
    private double mean;

    /**
     * A call that was given up.
     *
     * @param answersLeft share of answers that take longer than the call rang, 0 to 1
     * @param failuresLeft share of other ends that take longer
     */
    record GivenUp(int group, int hour, double answersLeft, double failuresLeft) {
        /** Returns the chance that the call would have been answered. */
        double wouldAnswer(double chance) {
            double answers = chance * answersLeft;
            double failures = (1 - chance) * failuresLeft;
            return answers + failures == 0 ? 0 : answers / (answers + failures);
        }
    }

    AnswerOdds(int groups, int hours) {
        this.calls = new double[groups][hours];
        this.answers = new double[groups][hours];
        this.groups = new double[groups];
        this.hours = new double[hours];
        Arrays.fill(this.groups, 1);
        Arrays.fill(this.hours, 1);
    }

    /** Adds a call that ended by itself. */
    void add(int group, int hour, boolean isAnswered) {
        calls[group][hour]++;
        answers[group][hour] += isAnswered ? 1 : 0;
    }

    void add(GivenUp call) {
        calls[call.group][call.hour]++;
        givenUp.add(call);
    }

    /** Fits groups and hours in turns, each given the other. */
    void fit() {
        mean = sum(answers) / (sum(calls) - givenUp.size());
        for (int round = 0; round < ROUNDS; round++) {
            double[][] seen = withWouldBeAnswers();
            mean = sum(seen) / sum(calls);
            for (int group = 0; group < groups.length; group++) {
                double expected = PRIOR_ANSWERS;
                double had = PRIOR_ANSWERS;
                for (int hour = 0; hour < hours.length; hour++) {
                    expected += mean * hours[hour] * calls[group][hour];
                    had += seen[group][hour];
                }
                groups[group] = had / expected;
            }
            for (int hour = 0; hour < hours.length; hour++) {
                double expected = PRIOR_ANSWERS;
                double had = PRIOR_ANSWERS;
                for (int group = 0; group < groups.length; group++) {
                    expected += mean * groups[group] * calls[group][hour];
                    had += seen[group][hour];
                }
                hours[hour] = had / expected;
            }
        }
    }

    private double[][] withWouldBeAnswers() {
        double[][] seen = Arrays.stream(answers).map(double[]::clone).toArray(double[][]::new);
        for (GivenUp call : givenUp) {
            double chance = Math.min(MOST_CHANCE, mean * groups[call.group] * hours[call.hour]);
            seen[call.group][call.hour] += call.wouldAnswer(chance);
        }
        return seen;
    }

    private static double sum(double[][] table) {
        return Arrays.stream(table).flatMapToDouble(Arrays::stream).sum();
    }

    double mean() {
        return mean;
    }

    double groupFactor(int group) {
        return groups[group];
    }

    double hourFactor(int hour) {
        return hours[hour];
    }
}
