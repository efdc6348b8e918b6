package org.paceline.daemon.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.periodic.PeriodicFigures;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.dialer.trunk.TrunkTraffic;

/**
 * The figures of {@code /metrics}: the snapshot's, the campaign files' validity, and the JVM's.
 *
 * <p>Thread: any; one scrape at a time.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final NodeMeters node = new NodeMeters(meters);
    private final CampaignMeters campaigns = new CampaignMeters(meters);
    private final TrunkMeters trunks = new TrunkMeters(meters);
    private final StorageMeters stored = new StorageMeters(meters);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Supplier<Snapshot> snapshots;
    private final Supplier<List<CampaignFile>> files;
    private final Supplier<Map<String, CallbackFigures>> callbacks;
    private final Supplier<List<PeriodicFigures>> periodic;
    private final Supplier<@Nullable StorageFigures> storage;
    private final TrunkSources trunkSources;
    private final Supplier<Map<String, Long>> certificateDays;
    private final Supplier<Map<String, Long>> adapterFigures;

    /**
     * What is known of trunks beside the snapshot.
     *
     * @param registrations of the trunks that have one
     * @param traffic what became of the INVITEs to each trunk
     */
    public record TrunkSources(
            Supplier<List<AddressStatus>> addresses,
            Supplier<List<RegistrationStatus>> registrations,
            Supplier<List<TrunkTraffic>> traffic) {}

    /**
     * @param files the campaign files in their current state
     * @param callbacks the figures of each campaign, as last counted
     * @param periodic the figures of each periodic task
     * @param storage the figures of the embedded database's copies and log; null on a server
     * @param trunkSources what is known of trunks beside the snapshot
     * @param certificateDays the days that our certificates have left, by file
     * @param adapterFigures figures of the adapters, by name in dotted form, {@code sip.dropped.requests}; those with
     *     {@code .open.} in the name are current values, the others only grow
     */
    public Metrics(
            Supplier<Snapshot> snapshots,
            Supplier<List<CampaignFile>> files,
            Supplier<Map<String, CallbackFigures>> callbacks,
            Supplier<List<PeriodicFigures>> periodic,
            Supplier<@Nullable StorageFigures> storage,
            TrunkSources trunkSources,
            Supplier<Map<String, Long>> certificateDays,
            Supplier<Map<String, Long>> adapterFigures) {
        this.snapshots = snapshots;
        this.files = files;
        this.callbacks = callbacks;
        this.periodic = periodic;
        this.storage = storage;
        this.trunkSources = trunkSources;
        this.certificateDays = certificateDays;
        this.adapterFigures = adapterFigures;
        // Their names break Prometheus' rules; process_cpu_usage and the machine's own exporter show the same.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
        registry.getPrometheusRegistry()
                .register(new LatencyHistogram(
                        "paceline_answer_to_connected_seconds",
                        "From the called party's 200 OK to joined audio",
                        () -> snapshots.get().answerToConnected()));
        registry.getPrometheusRegistry()
                .register(new DelayHistogram(
                        "paceline_trunk_post_dial_delay_seconds",
                        "From an INVITE to the first response that says more than 100",
                        () -> snapshots.get().trunks()));
    }

    /** Returns the current figures, in Prometheus' text format 0.0.4. */
    public synchronized String scrape() {
        Snapshot snapshot = snapshots.get();
        node.node(snapshot);
        node.agents(snapshot.agents());
        snapshot.campaigns().forEach(campaigns::campaign);
        callbacks.get().forEach(campaigns::callbacks);
        trunks(snapshot);
        files.get()
                .forEach(file -> meters.gauge(
                        "paceline.config.invalid",
                        "1 while the campaign file is invalid and what was in force before it stays so",
                        file.valid() ? 0 : 1,
                        "file",
                        file.file().toString()));
        periodic.get().forEach(stored::periodic);
        StorageFigures figures = storage.get();
        if (figures != null) {
            stored.storage(figures);
        }
        certificateDays
                .get()
                .forEach((file, days) -> meters.gauge(
                        "paceline.certificate.left.seconds",
                        "Seconds until the certificate ends, of whole days",
                        (double) TimeUnit.DAYS.toSeconds(days),
                        "file",
                        file));
        adapterFigures.get().forEach(this::adapterFigure);
        meters.endRound();
        return registry.scrape();
    }

    private void trunks(Snapshot snapshot) {
        snapshot.trunks().forEach(trunks::trunk);
        trunkSources.addresses().get().forEach(trunks::address);
        trunkSources.registrations().get().forEach(trunks::registration);
        trunkSources.traffic().get().forEach(trunks::traffic);
        snapshot.callerIds().forEach(trunks::callerId);
    }

    /** Sets a figure of an adapter: a figure of open things goes up and down, every other one only grows. */
    private void adapterFigure(String name, long value) {
        if (name.contains(".open.")) {
            meters.gauge("paceline." + name, "Open now", (double) value);
        } else {
            meters.counter("paceline." + name, "Since the start", value);
        }
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
