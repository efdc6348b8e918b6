package org.paceline.dialer.engine;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How long answered calls took to be joined, over the run. Thread: the engine's. */
final class AnswerLatency {
    private final Histogram micros = new Histogram(60_000_000, 3);
    private final long[] within = new long[Snapshot.Latency.BOUNDS_MICROS.size()];
    private long sumMicros;

    void add(long latencyMicros) {
        long kept = Math.clamp(latencyMicros, 0, micros.getHighestTrackableValue());
        micros.recordValue(kept);
        sumMicros += kept;
        for (int i = 0; i < within.length; i++) {
            within[i] += kept <= Snapshot.Latency.BOUNDS_MICROS.get(i) ? 1 : 0;
        }
    }

    Snapshot.Latency snapshot() {
        List<Long> counts = new ArrayList<>(within.length);
        for (long count : within) {
            counts.add(count);
        }
        return new Snapshot.Latency(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99),
                micros.getMaxValue(),
                sumMicros,
                counts);
    }
}
