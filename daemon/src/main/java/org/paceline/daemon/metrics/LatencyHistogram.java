package org.paceline.daemon.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Supplier;
import org.paceline.dialer.engine.Snapshot;

/** A snapshot's latency as a Prometheus histogram, in seconds, so that percentiles can be taken over nodes and times. */
final class LatencyHistogram implements Collector {
    private static final double MICROS_A_SECOND = 1_000_000;

    private final String name;
    private final String help;
    private final Supplier<Snapshot.Latency> latency;

    LatencyHistogram(String name, String help, Supplier<Snapshot.Latency> latency) {
        this.name = name;
        this.help = help;
        this.latency = latency;
    }

    @Override
    public MetricSnapshot collect() {
        Snapshot.Latency now = latency.get();
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (int i = 0; i < now.upTo().size(); i++) {
            buckets.bucket(
                    Snapshot.Latency.BOUNDS_MICROS.get(i) / MICROS_A_SECOND,
                    now.upTo().get(i) - below);
            below = now.upTo().get(i);
        }
        buckets.bucket(Double.POSITIVE_INFINITY, now.count() - below);
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(now.sumMicros() / MICROS_A_SECOND)
                        .build())
                .build();
    }
}
