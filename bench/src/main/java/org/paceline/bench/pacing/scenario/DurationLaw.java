package org.paceline.bench.pacing.scenario;

import java.util.List;
import java.util.random.RandomGenerator;

/** A distribution of durations. Thread: any (immutable). */
public sealed interface DurationLaw {
    /** Draws one duration, seconds, at least 0. */
    double seconds(RandomGenerator random);

    double meanSeconds();

    /** @param deviationSeconds standard deviation of the durations, not of their logarithms */
    record LogNormal(double meanSeconds, double deviationSeconds) implements DurationLaw {
        @Override
        public double seconds(RandomGenerator random) {
            double relative = deviationSeconds / meanSeconds;
            double variance = Math.log(1 + relative * relative);
            return meanSeconds * Math.exp(-variance / 2 + Math.sqrt(variance) * random.nextGaussian());
        }
    }

    record Exponential(double meanSeconds) implements DurationLaw {
        @Override
        public double seconds(RandomGenerator random) {
            return -meanSeconds * Math.log(1 - random.nextDouble());
        }
    }

    /** Always the same duration. */
    record Fixed(double meanSeconds) implements DurationLaw {
        @Override
        public double seconds(RandomGenerator random) {
            return meanSeconds;
        }
    }

    /** One of several laws, by their weights. */
    record Mixture(List<Part> parts) implements DurationLaw {
        /** @param weight the weight relative to the other parts, more than 0 */
        public record Part(double weight, DurationLaw law) {}

        public Mixture {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("parts is empty: a mixture needs at least one");
            }
        }

        @Override
        public double seconds(RandomGenerator random) {
            double left = random.nextDouble() * weight();
            for (Part part : parts) {
                left -= part.weight;
                if (left < 0) {
                    return part.law.seconds(random);
                }
            }
            return parts.getLast().law.seconds(random);
        }

        @Override
        public double meanSeconds() {
            return parts.stream()
                            .mapToDouble(part -> part.weight * part.law.meanSeconds())
                            .sum()
                    / weight();
        }

        private double weight() {
            return parts.stream().mapToDouble(Part::weight).sum();
        }
    }
}
