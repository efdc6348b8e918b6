package org.paceline.bench.pacing.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A law of durations as it was observed: equally likely values, each the mean of an equal part of the sample, so that
 * the mean is the sample's. Thread: any (immutable).
 *
 * @param seconds ascending, at least one
 */
public record SampleLaw(List<Double> seconds) {
    private static final int MOST_VALUES = 400;

    public SampleLaw {
        seconds = List.copyOf(seconds);
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("seconds is empty: a law needs at least one value");
        }
    }

    /** @param weight more than 0 */
    record Observed(double seconds, double weight) {}

    /** @param sample not empty */
    static SampleLaw of(List<Observed> sample) {
        List<Observed> sorted = sample.stream()
                .sorted(Comparator.comparingDouble(Observed::seconds))
                .toList();
        double total = sorted.stream().mapToDouble(Observed::weight).sum();
        int count = Math.min(MOST_VALUES, sorted.size());
        double share = total / count;
        List<Double> values = new ArrayList<>(count);
        double sum = 0;
        double room = share;
        for (Observed one : sorted) {
            double left = one.weight;
            while (left >= room && values.size() < count - 1) {
                values.add((sum + room * one.seconds) / share);
                left -= room;
                sum = 0;
                room = share;
            }
            sum += left * one.seconds;
            room -= left;
        }
        values.add(sum / (share - room));
        return new SampleLaw(values);
    }

    /** Draws one duration. */
    public double draw(RandomGenerator random) {
        return seconds.get(random.nextInt(seconds.size()));
    }

    public double mean() {
        return seconds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** @param share 0 to 1 */
    public double quantile(double share) {
        return seconds.get((int) Math.clamp(share * seconds.size(), 0, seconds.size() - 1));
    }

    /** Returns the share of the values that are not above the limit, 0 to 1. */
    double shareUpTo(double limit) {
        int low = 0;
        int high = seconds.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seconds.get(middle) <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) low / seconds.size();
    }
}
