package org.paceline.bench.measure;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A latency over a run, whole and second by second, to three digits.
 *
 * <p>Thread: {@link #record} any; the rest one at a time, the progress line's while it runs.
 */
public final class LatencyTrack {
    private static final long LONGEST_NANOS = 600_000_000_000L;

    private final Recorder recorder = new Recorder(LONGEST_NANOS, 3);
    private final Histogram total = new Histogram(LONGEST_NANOS, 3);
    private final List<Double> counts = new ArrayList<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private final List<Double> max = new ArrayList<>();
    private @Nullable Histogram interval;

    /** Records one latency, from its planned start to its end; a latency above ten minutes counts as ten minutes. */
    public void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }

    /** Ends a second; the histogram is valid until the next call. */
    public Histogram endSecond() {
        Histogram second = take();
        if (second.getTotalCount() > 0) {
            counts.add((double) second.getTotalCount());
            p50.add((double) second.getValueAtPercentile(50));
            p99.add((double) second.getValueAtPercentile(99));
            max.add((double) second.getMaxValue());
        }
        return second;
    }

    private Histogram take() {
        Histogram second = recorder.getIntervalHistogram(interval);
        interval = second;
        total.add(second);
        return second;
    }

    /** Returns all that was recorded, including what came after the last whole second. */
    public Histogram total() {
        take();
        return total;
    }

    /** Returns the number of records in each second that had any. */
    public List<Double> counts() {
        return List.copyOf(counts);
    }

    /** Returns the median of each second, in units of so many nanoseconds. */
    public List<Double> p50(double nanosPerUnit) {
        return scaled(p50, nanosPerUnit);
    }

    /** Returns the 99th percentile of each second, as {@link #p50}. */
    public List<Double> p99(double nanosPerUnit) {
        return scaled(p99, nanosPerUnit);
    }

    /** Returns the maximum of each second, as {@link #p50}. */
    public List<Double> max(double nanosPerUnit) {
        return scaled(max, nanosPerUnit);
    }

    private static List<Double> scaled(List<Double> nanos, double nanosPerUnit) {
        return nanos.stream().map(value -> value / nanosPerUnit).toList();
    }
}
