package org.paceline.sip.simulation;

import java.util.random.RandomGenerator;

/** How long something takes people and networks, milliseconds. */
@FunctionalInterface
public interface TimeLaw {

    /** Draws one duration, milliseconds, never negative. */
    long millis(RandomGenerator random);

    /** Always the same. */
    static TimeLaw fixed(long millis) {
        return _ -> millis;
    }

    /** Anything between the two, inclusive, alike. */
    static TimeLaw uniform(long leastMillis, long mostMillis) {
        return random -> random.nextLong(leastMillis, mostMillis + 1);
    }

    /** Exponential, as times between independent events are; never over the limit. */
    static TimeLaw exponential(long meanMillis, long mostMillis) {
        return random -> Math.min(mostMillis, Math.round(random.nextExponential() * meanMillis));
    }

    /**
     * Log-normal, as the lengths of talks are: many short ones and a long tail.
     *
     * @param sigma of the logarithm; 0.8 is usual for talks
     */
    static TimeLaw logNormal(long medianMillis, double sigma, long mostMillis) {
        return random -> Math.min(mostMillis, Math.round(medianMillis * Math.exp(random.nextGaussian() * sigma)));
    }
}
