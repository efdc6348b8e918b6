package org.paceline.bench.pacing;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A public and its agents. Talks are lognormal with a mean of 120 s and a coefficient of variation of 1, wrap-ups exponential
 * with a mean of 15 s; who answers does so after a lognormal time, mean 10 s, deviation 4 s; who does not is given up after 25 s.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are immutable
enum Scenario {
    /** One call in four is answered. */
    CONSTANT(List.of(0.25)),
    /** 15 % and 40 %, in turns of twenty minutes. */
    SWITCHING(List.of(0.25)),
    /** Ten groups of records, known to the dialer, whose chances of an answer are not; mixed in one list, 25 % in the mean. */
    SEGMENTS(List.of(0.03, 0.05, 0.08, 0.12, 0.16, 0.22, 0.28, 0.36, 0.50, 0.70));

    private static final double SWITCH_SECONDS = 1_200;

    private final List<Double> chances;

    Scenario(List<Double> chances) {
        this.chances = chances;
    }

    int segments() {
        return chances.size();
    }

    /** @param second of the day */
    double answerChance(int segment, double second) {
        if (this == SWITCHING) {
            return (long) (second / SWITCH_SECONDS) % 2 == 0 ? 0.15 : 0.40;
        }
        return chances.get(segment);
    }

    double talkSeconds(RandomGenerator random) {
        return logNormal(random, 120, 120);
    }

    double wrapUpSeconds(RandomGenerator random) {
        return -15 * Math.log(1 - random.nextDouble());
    }

    double ringSeconds(RandomGenerator random) {
        return logNormal(random, 10, 4);
    }

    private static double logNormal(RandomGenerator random, double mean, double deviation) {
        double variance = Math.log(1 + deviation * deviation / (mean * mean));
        return mean * Math.exp(-variance / 2 + Math.sqrt(variance) * random.nextGaussian());
    }
}
