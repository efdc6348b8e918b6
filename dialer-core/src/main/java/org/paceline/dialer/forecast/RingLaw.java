package org.paceline.dialer.forecast;

import org.jspecify.annotations.Nullable;

/**
 * How long a call takes from its placement to its answer, given that it is answered, learnt from answered calls. A call
 * too young to have reached an age says nothing about that age: so each count is weighted by all calls divided by those
 * that were old enough.
 *
 * <p>The law of all calls begins as a gamma law of shape 2 and mean 12 s, worth ten answers; the law of a group begins
 * as the law of all calls, worth some answers.
 *
 * <p>Thread: engine only.
 */
final class RingLaw {
    /** Longer than any call may ring, seconds. */
    static final int SECONDS = 60;

    private static final double BIN_SECONDS = 0.5;
    private static final int BINS = (int) (SECONDS / BIN_SECONDS);
    private static final double PRIOR_SCALE_SECONDS = 6;
    private static final double PRIOR_WEIGHT = 10;
    private static final double WEIGHT_OF_ALL = 20;

    private final @Nullable RingLaw all;
    private final double[] prior = new double[BINS];
    private final double[] answers = new double[BINS];
    private final double[] reached = new double[BINS];
    private final double[] cumulated = new double[BINS + 1];
    private boolean stale;

    /** How many times the law has been rebuilt. */
    private long version;

    private long versionOfAll;

    /** Makes the law of all calls. */
    RingLaw() {
        all = null;
        double before = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double upTo = gammaOfShapeTwo((bin + 1) * BIN_SECONDS);
            prior[bin] = upTo - before;
            before = upTo;
        }
        rebuild(prior, PRIOR_WEIGHT);
    }

    /** Makes the law of a group of calls. */
    RingLaw(RingLaw all) {
        this.all = all;
        rebuild(all);
    }

    private static double gammaOfShapeTwo(double seconds) {
        double x = seconds / PRIOR_SCALE_SECONDS;
        return 1 - Math.exp(-x) * (1 + x);
    }

    /** The share of answered calls that are answered within so many seconds of their placement, 0 to 1. */
    double within(double seconds) {
        if (seconds <= 0) {
            return 0;
        }
        double at = seconds / BIN_SECONDS;
        int bin = (int) at;
        if (bin >= BINS) {
            return 1;
        }
        if (all != null && all.version != versionOfAll) {
            rebuild(all);
        }
        return cumulated[bin] + (at - bin) * (cumulated[bin + 1] - cumulated[bin]);
    }

    void answeredAfter(double seconds) {
        answers[bin(seconds)]++;
        stale = true;
    }

    /**
     * A call, answered or not, went from one age to another, at most a second older.
     *
     * @param calls how many calls it stands for
     */
    void reached(double fromSeconds, double toSeconds, double calls) {
        if (fromSeconds >= SECONDS) {
            return;
        }
        int last = bin(toSeconds);
        for (int bin = bin(fromSeconds); bin <= last; bin++) {
            double within = Math.min(toSeconds, (bin + 1) * BIN_SECONDS) - Math.max(fromSeconds, bin * BIN_SECONDS);
            reached[bin] += calls * Math.max(0, within) / BIN_SECONDS;
        }
    }

    private static int bin(double seconds) {
        return Math.clamp((long) (seconds / BIN_SECONDS), 0, BINS - 1);
    }

    /**
     * Takes what was learnt into account. This is called for the law of all calls only; the laws of groups follow it.
     */
    void learn() {
        if (stale) {
            stale = false;
            rebuild(prior, PRIOR_WEIGHT);
        }
    }

    private void rebuild(RingLaw from) {
        versionOfAll = from.version;
        for (int bin = 0; bin < BINS; bin++) {
            prior[bin] = from.cumulated[bin + 1] - from.cumulated[bin];
        }
        rebuild(prior, WEIGHT_OF_ALL);
    }

    private void rebuild(double[] before, double weightOfBefore) {
        version++;
        double sum = 0;
        double[] density = new double[BINS];
        double later = 0;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            later += answers[bin];
            // A call answered at this age or later has reached this age, even where given-up calls were taken from the
            // count.
            double weight = answers[bin] == 0 ? 0 : reached[0] / Math.max(reached[bin], later);
            density[bin] = weightOfBefore * before[bin] + answers[bin] * Math.max(1, weight);
            sum += density[bin];
        }
        for (int bin = 0; bin < BINS; bin++) {
            cumulated[bin + 1] = cumulated[bin] + density[bin] / sum;
        }
    }
}
