package org.paceline.daemon.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Supplier;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.trunk.TrunkFigures.Delay;

/** The post-dial delays of the trunks as a Prometheus histogram, in seconds. */
final class DelayHistogram implements Collector {
    private static final double MILLIS_A_SECOND = 1_000;

    private final String name;
    private final String help;
    private final Supplier<List<Snapshot.TrunkStatus>> trunks;

    DelayHistogram(String name, String help, Supplier<List<Snapshot.TrunkStatus>> trunks) {
        this.name = name;
        this.help = help;
        this.trunks = trunks;
    }

    @Override
    public MetricSnapshot collect() {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(name).help(help);
        for (Snapshot.TrunkStatus trunk : trunks.get()) {
            Delay delay = trunk.figures().postDialDelay();
            histogram.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("trunk", trunk.id().value()))
                    .classicHistogramBuckets(buckets(delay))
                    .sum(delay.sumMillis() / MILLIS_A_SECOND)
                    .build());
        }
        return histogram.build();
    }

    private static ClassicHistogramBuckets buckets(Delay delay) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (int i = 0; i < delay.upTo().size(); i++) {
            long upTo = delay.upTo().get(i);
            buckets.bucket(Delay.BOUNDS_MILLIS.get(i) / MILLIS_A_SECOND, upTo - below);
            below = upTo;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, delay.count() - below).build();
    }
}
