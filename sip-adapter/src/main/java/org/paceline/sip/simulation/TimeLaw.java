package org.paceline.sip.simulation;

import java.util.random.RandomGenerator;

/** The law of how long something takes people and networks, milliseconds. */
@FunctionalInterface
public interface TimeLaw {

    /** Draws one duration, milliseconds, never negative. */
    long millis(RandomGenerator random);

    /** Always gives the same duration. */
    static TimeLaw fixed(long millis) {
        return _ -> millis;
    }

    /** Gives any duration between the two, inclusive, with equal chance. */
    static TimeLaw uniform(long leastMillis, long mostMillis) {
        return random -> random.nextLong(leastMillis, mostMillis + 1);
    }

    /** Gives exponential durations, as between independent events; never over the limit. */
    static TimeLaw exponential(long meanMillis, long mostMillis) {
        return random -> Math.min(mostMillis, Math.round(random.nextExponential() * meanMillis));
    }

    /**
     * Gives log-normal durations, as the lengths of talks are: many short ones and a long tail.
     *
     * @param sigma the standard deviation of the logarithm; 0.8 is usual for talks
     */
    static TimeLaw logNormal(long medianMillis, double sigma, long mostMillis) {
        return random -> Math.min(mostMillis, Math.round(medianMillis * Math.exp(random.nextGaussian() * sigma)));
    }
}
