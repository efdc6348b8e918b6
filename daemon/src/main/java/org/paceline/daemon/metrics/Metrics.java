package org.paceline.daemon.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.BuildVersion;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.periodic.PeriodicFigures;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.rules.Budget;
import org.paceline.rules.Money;

/**
 * The figures of {@code /metrics}: the snapshot's, the campaign files' validity, and the JVM's.
 *
 * <p>Thread: any; one scrape at a time.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Supplier<Snapshot> snapshots;
    private final Supplier<List<CampaignFile>> files;
    private final Supplier<Map<String, CallbackFigures>> callbacks;
    private final Supplier<List<PeriodicFigures>> periodic;
    private final Supplier<@Nullable StorageFigures> storage;
    private final Supplier<List<AddressStatus>> addresses;
    private final Supplier<Map<String, Long>> adapterFigures;

    /**
     * @param files the campaign files in their current state
     * @param callbacks the figures of each campaign, as last counted
     * @param periodic the figures of each periodic task
     * @param storage the figures of the embedded database's copies and log; null on a server
     * @param addresses the addresses of the trunks
     * @param adapterFigures figures of the adapters, by name in dotted form, {@code sip.dropped.requests}; those with
     *     {@code .open.} in the name are current values, the others only grow
     */
    public Metrics(
            Supplier<Snapshot> snapshots,
            Supplier<List<CampaignFile>> files,
            Supplier<Map<String, CallbackFigures>> callbacks,
            Supplier<List<PeriodicFigures>> periodic,
            Supplier<@Nullable StorageFigures> storage,
            Supplier<List<AddressStatus>> addresses,
            Supplier<Map<String, Long>> adapterFigures) {
        this.snapshots = snapshots;
        this.files = files;
        this.callbacks = callbacks;
        this.periodic = periodic;
        this.storage = storage;
        this.addresses = addresses;
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
    }

    /** Returns the current figures, in Prometheus' text format 0.0.4. */
    public synchronized String scrape() {
        Snapshot snapshot = snapshots.get();
        node(snapshot);
        agents(snapshot.agents());
        snapshot.campaigns().forEach(this::campaign);
        callbacks.get().forEach(this::callbacks);
        snapshot.trunks().forEach(this::trunk);
        addresses.get().forEach(this::address);
        snapshot.callerIds().forEach(this::callerId);
        files.get()
                .forEach(file -> meters.gauge(
                        "paceline.config.invalid",
                        "1 while the campaign file is invalid and what was in force before it stays so",
                        file.valid() ? 0 : 1,
                        "file",
                        file.file().toString()));
        periodic.get().forEach(this::periodic);
        StorageFigures stored = storage.get();
        if (stored != null) {
            storage(stored);
        }
        adapterFigures.get().forEach(this::adapterFigure);
        meters.endRound();
        return registry.scrape();
    }

    /** Sets a figure of an adapter: a figure of open things goes up and down, every other one only grows. */
    private void adapterFigure(String name, long value) {
        if (name.contains(".open.")) {
            meters.gauge("paceline." + name, "Open now", (double) value);
        } else {
            meters.counter("paceline." + name, "Since the start", value);
        }
    }

    private void periodic(PeriodicFigures task) {
        String[] tags = {"task", task.task()};
        meters.counter("paceline.periodic.runs", "Turns of a periodic task, failed ones included", task.runs(), tags);
        meters.counter("paceline.periodic.failures", "Of these, failed", task.failures(), tags);
        meters.gauge("paceline.periodic.period.seconds", "Time between two turns", seconds(task.period()), tags);
        meters.gauge(
                "paceline.periodic.success.age.seconds",
                "Time since a turn went well, or since the start where none did",
                seconds(task.sinceSuccess()),
                tags);
    }

    private void storage(StorageFigures figures) {
        Copies.Made copy = figures.newest();
        meters.gauge(
                "paceline.storage.copy.age.seconds",
                "Time since the newest copy was made or found complete, or since the start where there is none",
                seconds(figures.age()));
        meters.gauge("paceline.storage.copy.record", "Last record in the newest copy", (double) copy.number());
        meters.gauge("paceline.storage.copy.rows", "Rows of the newest copy", (double) copy.rows());
        meters.gauge("paceline.storage.copy.bytes", "Size of the newest copy", (double) copy.bytes());
        meters.gauge(
                "paceline.storage.copy.duration.seconds", "How long the newest copy took", copy.millis() / 1_000.0);
        meters.counter("paceline.storage.copies.failed", "Copies that could not be made", figures.failed());
        meters.gauge("paceline.redo.log.record", "Last record of the redo log", (double)
                figures.log().last());
        meters.gauge("paceline.redo.log.records", "Records that the redo log holds", (double)
                figures.log().records());
        meters.gauge("paceline.redo.log.bytes", "Size of the redo log's files", (double)
                figures.log().bytes());
        mended(
                "rebuilt",
                "1 where the database was made again at this start",
                figures.opening().rebuilt());
        mended(
                "log.cut",
                "1 where a torn end of the redo log was cut off at this start",
                figures.opening().cut());
        mended(
                "log.lacking",
                "1 where the redo log lacked records at this start",
                figures.opening().lacking());
    }

    private void mended(String name, String help, String reason) {
        meters.gauge("paceline.storage." + name, help, reason.isEmpty() ? 0 : 1, "reason", reason);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private void node(Snapshot snapshot) {
        meters.gauge(
                "paceline.build.info",
                "1; its labels say which build runs",
                1.0,
                "version",
                BuildVersion.text(),
                "java",
                Runtime.version().toString());
        meters.gauge("paceline.calls.live", "Calls between plan and end", snapshot.liveCalls());
        meters.gauge("paceline.draining", "1 from the request to stop on", snapshot.draining() ? 1 : 0);
        meters.gauge(
                "paceline.recorder.up", "1 while recordings can be written", snapshot.recorderFault() == null ? 1 : 0);
        network(snapshot.network());
        snapshot.unexpectedEvents()
                .forEach((event, count) -> meters.counter(
                        "paceline.unexpected.events",
                        "Events that did not fit the state they came in",
                        count,
                        "event",
                        event));
        meters.counter(
                "paceline.connected",
                "Answered calls joined with an agent",
                snapshot.answerToConnected().count());
    }

    private void network(Snapshot.Network network) {
        meters.gauge(
                "paceline.journal.seconds",
                "How long it takes to store a batch of attempts",
                network.journalMillis() / 1_000.0);
        meters.gauge("paceline.journal.waiting", "Attempts that are not stored yet", network.unjournaled());
        if (network.rtpPorts() != Integer.MAX_VALUE) {
            ports("usable", network.rtpPorts());
            ports("free", network.rtpPortsFree());
            ports("held_by_others", network.rtpPortsHeld());
        }
    }

    private void ports(String state, int count) {
        meters.gauge("paceline.rtp.ports", "Local ports for audio", (double) count, "state", state);
    }

    private void agents(List<Snapshot.AgentStatus> agents) {
        for (AgentState state : AgentState.values()) {
            long count = agents.stream().filter(agent -> agent.state() == state).count();
            meters.gauge("paceline.agents", "Agents by state", (double) count, "state", lower(state));
        }
        for (Limit limit : Limit.values()) {
            long over = agents.stream().filter(agent -> agent.over() == limit).count();
            long passed = agents.stream()
                    .mapToLong(agent -> agent.limitsPassed().getOrDefault(limit, 0L))
                    .sum();
            meters.gauge("paceline.agents.over.limit", "Agents over a limit now", (double) over, "limit", lower(limit));
            meters.counter("paceline.limits.passed", "How often agents went over it", passed, "limit", lower(limit));
        }
    }

    private void callbacks(String campaign, CallbackFigures figures) {
        callbacks(campaign, "open", figures.open());
        callbacks(campaign, "overdue", figures.overdue());
        callbacks(campaign, "done", figures.done());
        callbacks(campaign, "on_time", figures.onTime());
        callbacks(campaign, "missed", figures.missed());
        if (figures.judged() > 0) {
            meters.gauge(
                    "paceline.callbacks.on.time.ratio",
                    "Share of callbacks that were kept on time, 0 to 1",
                    figures.onTimeRatio(),
                    "campaign",
                    campaign);
        }
    }

    private void callbacks(String campaign, String state, long count) {
        meters.gauge(
                "paceline.callbacks",
                "Promised calls due in the last 30 days or yet to come",
                (double) count,
                "campaign",
                campaign,
                "state",
                state);
    }

    private void pacing(PacingState state, String id) {
        pacing("free", "Agents free, less customers who wait", state.free(), id);
        pacing("soon.free", "Agents expected to be free within 10 s", state.soonFree(), id);
        pacing("expected.answers", "Answers expected within 10 s", state.expectedAnswers(), id);
        pacing("answer.rate", "Chance of an answer, 0 to 1", state.answerRate(), id);
        pacing("answer.rate.deviation", "Standard deviation of that", state.answerRateDeviation(), id);
        pacing("price", "Risk that one more call may have, 0 to 1", state.price(), id);
        pacing("risk", "Risk of one more call, 0 to 1", state.risk(), id);
        pacing("debt", "Abandoned calls earned by answers, less those there were", state.debt(), id);
    }

    private void pacing(String name, String help, double value, String id) {
        meters.gauge("paceline.pacing." + name, help, value, "campaign", id);
    }

    private void campaign(Snapshot.CampaignStatus campaign) {
        String id = campaign.id().value();
        meters.counter("paceline.attempts", "Attempts to reach a number", campaign.attempts(), "campaign", id);
        meters.counter("paceline.answered", "Calls that a person answered", campaign.answered(), "campaign", id);
        meters.counter(
                "paceline.abandoned",
                "Answered calls that no agent took in time",
                campaign.abandoned(),
                "campaign",
                id);
        campaign.abandonments().forEach(terms -> abandonment(terms, id));
        if (campaign.pacing() != null) {
            pacing(campaign.pacing(), id);
        }
        if (campaign.budget() != null) {
            budget(campaign.budget(), id);
        }
        meters.gauge(
                "paceline.dialling",
                "1 while the campaign can place calls",
                campaign.dialling() ? 1 : 0,
                "campaign",
                id);
        meters.gauge(
                "paceline.campaign.paused",
                "1 while a supervisor has paused the campaign",
                campaign.pause() == null ? 0 : 1,
                "campaign",
                id);
        campaign.idleReasons()
                .forEach(reason -> meters.gauge(
                        "paceline.idle",
                        "1 while this keeps the campaign from placing calls",
                        1,
                        "campaign",
                        id,
                        "reason",
                        reason.code()));
        meters.gauge("paceline.lines.per.agent", "The pacing in force", campaign.linesPerAgent(), "campaign", id);
        calls(campaign.planned(), id, "planned");
        calls(campaign.ringing(), id, "ringing");
        calls(campaign.waiting(), id, "waiting");
        calls(campaign.connected(), id, "connected");
        meters.gauge(
                "paceline.leads",
                "Leads that this node holds",
                campaign.readyLeads(),
                "campaign",
                id,
                "state",
                "ready");
        meters.gauge(
                "paceline.leads",
                "Leads that this node holds",
                campaign.waitingLeads(),
                "campaign",
                id,
                "state",
                "waiting");
        campaign.outcomes()
                .forEach((outcome, count) -> meters.counter(
                        "paceline.outcomes",
                        "Attempts that ended, by outcome",
                        count,
                        "campaign",
                        id,
                        "outcome",
                        lower(outcome)));
        campaign.notSent()
                .forEach((why, count) -> meters.counter(
                        "paceline.not.sent",
                        "Planned attempts of which no byte left; they are none",
                        count,
                        "campaign",
                        id,
                        "reason",
                        lower(why)));
        campaign.refusals()
                .forEach((rule, count) -> meters.counter(
                        "paceline.refusals", "Dials that a rule refused", count, "campaign", id, "rule", rule.text()));
    }

    private void abandonment(Snapshot.Abandonment terms, String campaign) {
        String[] tags = {"campaign", campaign, "source", terms.source()};
        meters.gauge("paceline.abandonment.answered", "Calls in the terms' window", (double) terms.answered(), tags);
        meters.gauge("paceline.abandonment.abandoned", "Of these, abandoned", (double) terms.abandoned(), tags);
        meters.gauge("paceline.abandonment.ratio", "Share of these that were abandoned, 0 to 1", terms.ratio(), tags);
        meters.gauge("paceline.abandonment.limit", "Largest share allowed, 0 to 1", terms.limitRatio(), tags);
        meters.gauge("paceline.abandonment.left", "Calls that may be abandoned now", (double) terms.left(), tags);
    }

    private void budget(Snapshot.Budget budget, String campaign) {
        String[] tags = {"campaign", campaign, "holder", budget.holder()};
        long taken = budget.spentMicros() + budget.reservedMicros();
        meters.gauge("paceline.budget.spent", "Cost of the month's ended calls", money(budget.spentMicros()), tags);
        meters.gauge("paceline.budget.reserved", "Reserved for calls under way", money(budget.reservedMicros()), tags);
        if (budget.limitMicros() != Budget.NO_LIMIT) {
            meters.gauge("paceline.budget.limit", "Most that a month may cost", money(budget.limitMicros()), tags);
            meters.gauge("paceline.budget.left", "What is left of it", money(budget.limitMicros() - taken), tags);
        }
    }

    private static double money(long micros) {
        return Money.decimal(micros).doubleValue();
    }

    private void calls(int count, String campaign, String state) {
        meters.gauge("paceline.calls", "Calls by campaign and state", count, "campaign", campaign, "state", state);
    }

    private void trunk(Snapshot.TrunkStatus trunk) {
        String id = trunk.id().value();
        meters.gauge("paceline.trunk.up", "1 while the trunk takes calls", trunk.up() ? 1 : 0, "trunk", id);
        for (TrunkState state : TrunkState.values()) {
            meters.gauge(
                    "paceline.trunk.state",
                    "1 for the state that the trunk is in",
                    trunk.state() == state ? 1 : 0,
                    "trunk",
                    id,
                    "state",
                    lower(state));
        }
        meters.gauge("paceline.trunk.channels", "Most calls at once", trunk.channels(), "trunk", id);
        meters.gauge(
                "paceline.trunk.channels.reserved",
                "Channels that campaigns leave free",
                trunk.reservedChannels(),
                "trunk",
                id);
        meters.gauge("paceline.trunk.channels.in.use", "Calls on the trunk", trunk.channelsInUse(), "trunk", id);
    }

    private void address(AddressStatus address) {
        for (TrunkState state : TrunkState.values()) {
            meters.gauge(
                    "paceline.trunk.address.state",
                    "1 for the state that the address of a trunk is in",
                    address.state() == state ? 1 : 0,
                    "trunk",
                    address.trunk().value(),
                    "address",
                    address.address(),
                    "state",
                    lower(state));
        }
    }

    private void callerId(CallerIdHealth health) {
        String id = "+" + health.callerId();
        meters.counter(
                "paceline.caller.id.attempts", "Attempts with the caller ID", health.attempts(), "caller_id", id);
        meters.counter("paceline.caller.id.answered", "Of these, answered", health.answered(), "caller_id", id);
        meters.counter(
                "paceline.caller.id.blocked",
                "Of these, blocked by a network that judged the caller ID",
                health.blocked(),
                "caller_id",
                id);
        meters.gauge(
                "paceline.caller.id.answers.fell",
                "1 while its last calls are answered far more seldom than those before",
                health.answersFell() ? 1 : 0,
                "caller_id",
                id);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
