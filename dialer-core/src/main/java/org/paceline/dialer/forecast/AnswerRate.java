package org.paceline.dialer.forecast;

import java.util.Arrays;

/**
 * The share of calls that are answered, as it is now: a gamma-Poisson filter under Bayesian change-point detection (Adams and
 * MacKay, 2007). Each second has an exposure, the answers that there would be if all calls were answered, and the answers
 * that there were. A change is as likely in one second as in any other, however many calls there are;
 * {@link AnswerRates} weighs how likely that is.
 *
 * <p>Thread: engine only.
 */
final class AnswerRate {
    private static final int MOST_HYPOTHESES = 48;
    private static final double RESET_SHAPE = 3;

    private final double[] shape = new double[MOST_HYPOTHESES + 1];
    private final double[] rate = new double[MOST_HYPOTHESES + 1];
    private final double[] weight = new double[MOST_HYPOTHESES + 1];
    private final double changesPerSecond;
    private int hypotheses;
    private double answers;
    private double exposure;

    /**
     * Begins with one hypothesis: so many answers of so much exposure were seen.
     *
     * @param changesPerSecond chance of a change in a second
     */
    AnswerRate(double answers, double exposure, double changesPerSecond) {
        this.changesPerSecond = changesPerSecond;
        hypotheses = 1;
        shape[0] = answers;
        rate[0] = exposure;
        weight[0] = 1;
        this.answers = answers;
        this.exposure = exposure;
    }

    /**
     * One second passes.
     *
     * @return logarithm of the chance that was given to what happened, by a constant that is the same for all filters
     */
    double second(double exposed, int answered) {
        answers += answered;
        exposure += exposed;
        double longRun = Math.max(answers, 1) / Math.max(exposure, 1);
        shape[hypotheses] = RESET_SHAPE;
        rate[hypotheses] = RESET_SHAPE / longRun;
        weight[hypotheses] = changesPerSecond / (1 - changesPerSecond);
        hypotheses++;
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < hypotheses; i++) {
            weight[i] = Math.log(weight[i]) + logChance(shape[i], rate[i], exposed, answered);
            best = Math.max(best, weight[i]);
            shape[i] += answered;
            rate[i] += exposed;
        }
        double sum = 0;
        for (int i = 0; i < hypotheses; i++) {
            weight[i] = Math.max(Math.exp(weight[i] - best), Double.MIN_NORMAL);
            sum += weight[i];
        }
        for (int i = 0; i < hypotheses; i++) {
            weight[i] /= sum;
        }
        if (hypotheses > MOST_HYPOTHESES) {
            forgetLeastLikely();
        }
        return best + Math.log(sum * (1 - changesPerSecond));
    }

    /**
     * Returns the logarithm of the chance of so many answers under a negative binomial law; terms that are the same for
     * all hypotheses are left out.
     */
    private static double logChance(double shape, double rate, double exposed, int answered) {
        double chance = shape * Math.log(rate / (rate + exposed));
        if (answered > 0) {
            chance += answered * Math.log(1 / (rate + exposed));
            for (int i = 0; i < answered; i++) {
                chance += Math.log(shape + i);
            }
        }
        return chance;
    }

    private void forgetLeastLikely() {
        int least = 0;
        for (int i = 1; i < hypotheses - 1; i++) {
            least = weight[i] < weight[least] ? i : least;
        }
        hypotheses--;
        System.arraycopy(shape, least + 1, shape, least, hypotheses - least);
        System.arraycopy(rate, least + 1, rate, least, hypotheses - least);
        System.arraycopy(weight, least + 1, weight, least, hypotheses - least);
        double left = Arrays.stream(weight, 0, hypotheses).sum();
        for (int i = 0; i < hypotheses; i++) {
            weight[i] /= left;
        }
    }

    double mean() {
        double mean = 0;
        for (int i = 0; i < hypotheses; i++) {
            mean += weight[i] * shape[i] / rate[i];
        }
        return mean;
    }

    double variance() {
        double square = 0;
        double mean = mean();
        for (int i = 0; i < hypotheses; i++) {
            double of = shape[i] / rate[i];
            square += weight[i] * (shape[i] / (rate[i] * rate[i]) + of * of);
        }
        return Math.max(0, square - mean * mean);
    }
}
