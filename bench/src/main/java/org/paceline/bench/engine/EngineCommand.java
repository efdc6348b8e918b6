package org.paceline.bench.engine;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.paceline.bench.engine.EngineBenchSettings.JournalKind;
import org.paceline.bench.measure.LatencyTrack;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Budget;
import org.paceline.bench.report.Chart;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paceline-bench engine}. */
@Command(
        name = "engine",
        description = {
            "Measures the engine in an open loop, from planned times: first event in to effects out of the engine alone, then"
                    + " free agent to dialled call through the pipeline, journal included."
        })
public final class EngineCommand extends MeasuringCommand {
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;

    @Option(names = "--agents", description = "Agents signed in. Default: ${DEFAULT-VALUE}")
    private int agents = 10_000;

    @Option(names = "--rate", description = "Events a second into the engine alone. Default: ${DEFAULT-VALUE}")
    private double rate = 50_000;

    @Option(names = "--seconds", description = "Measured seconds of each part. Default: ${DEFAULT-VALUE}")
    private int seconds = 30;

    @Option(names = "--warmup", description = "Seconds before that are not measured. Default: ${DEFAULT-VALUE}")
    private int warmUp = 10;

    @Option(
            names = "--journal",
            description =
                    "h2: the production journal on an H2 file; none: the pipeline alone. Default: ${DEFAULT-VALUE}")
    private JournalKind journal = JournalKind.H2;

    @Option(
            names = "--dials-per-second",
            description = "Agents that come free a second in the pipeline. Default: ${DEFAULT-VALUE}")
    private double dialsPerSecond = 200;

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        require("--agents", agents, 1, 1_000_000);
        require("--rate", rate, 1, 10_000_000);
        require("--seconds", seconds, 1, 3_600);
        require("--warmup", warmUp, 0, 600);
        require("--dials-per-second", dialsPerSecond, 1, 10_000);
        if (agents < dialsPerSecond) {
            throw wrongUse("--agents=" + agents
                    + ": must be at least --dials-per-second, for an agent takes one call a second");
        }
        EngineBenchSettings settings = new EngineBenchSettings(agents, rate, dialsPerSecond, seconds, warmUp, journal);
        EventLatency.Result events = new EventLatency(settings).run(progress);
        DialLatency.Result dials = new DialLatency(settings).run(progress);
        return findings(settings, events, dials);
    }

    private static Report.Findings findings(
            EngineBenchSettings settings, EventLatency.Result events, DialLatency.Result dials) {
        Histogram event = events.latency().total();
        Histogram dial = dials.latency().total();
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("eventToEffects.p50", "event in → effects out, p50", micros(event, 50), "µs"));
        figures.add(Figure.of("eventToEffects.p99", "event in → effects out, p99", micros(event, 99), "µs")
                .within(Budget.atMost(20)));
        figures.add(Figure.of("eventToEffects.p999", "event in → effects out, p99.9", micros(event, 99.9), "µs"));
        figures.add(Figure.of("eventToEffects.max", "event in → effects out, longest", micros(event, 100), "µs"));
        Histogram service = events.service().total();
        figures.add(Figure.of("service.mean", "time inside the engine, mean", service.getMean() / MICROS, "µs"));
        figures.add(Figure.of("service.p50", "time inside the engine, p50", micros(service, 50), "µs"));
        figures.add(Figure.of("service.p99", "time inside the engine, p99", micros(service, 99), "µs"));
        figures.add(Figure.of("service.p999", "time inside the engine, p99.9", micros(service, 99.9), "µs"));
        figures.add(Figure.of(
                "snapshotStep.max",
                "step of a snapshot between events, longest",
                micros(events.snapshotSteps().total(), 100),
                "µs"));
        Histogram pauses = events.machinePauses().total();
        figures.add(Figure.of(
                "machine.pauses", "core taken away by the machine, times", (double) pauses.getTotalCount(), ""));
        figures.add(Figure.of("machine.longestPause", "core taken away, longest", micros(pauses, 100), "µs"));
        figures.add(Figure.of("events", "events measured", (double) event.getTotalCount(), ""));
        figures.add(Figure.of("freeToDial.p50", "free agent → dial, p50", millis(dial, 50), "ms"));
        figures.add(Figure.of("freeToDial.p99", "free agent → dial, p99", millis(dial, 99), "ms")
                .within(Budget.atMost(10)));
        figures.add(Figure.of("freeToDial.p999", "free agent → dial, p99.9", millis(dial, 99.9), "ms"));
        figures.add(Figure.of("freeToDial.max", "free agent → dial, longest", millis(dial, 100), "ms"));
        figures.add(Figure.of("dials", "dials measured", (double) dial.getTotalCount(), ""));
        figures.add(Figure.of("dials.missing", "free agents without a dial", (double) dials.missing(), "")
                .within(Budget.atMost(0)));
        figures.add(Figure.of("journal.batch", "attempts in a journal transaction, mean", dials.meanBatch(), ""));
        return new Report.Findings(
                headline(settings, event, dial), figures, charts(events, dials), notes(settings, events));
    }

    private static String headline(EngineBenchSettings settings, Histogram event, Histogram dial) {
        return String.format(
                Locale.ROOT,
                "engine: %,.0f events/s, %,d agents: p50 %.1f µs, p99 %.1f µs, p99.9 %.1f µs, max %.0f µs;"
                        + " free agent → dial at %.0f/s (%s): p50 %.2f ms, p99 %.2f ms, max %.1f ms",
                settings.eventsPerSecond(),
                settings.agents(),
                micros(event, 50),
                micros(event, 99),
                micros(event, 99.9),
                micros(event, 100),
                settings.dialsPerSecond(),
                settings.journal() == JournalKind.H2 ? "H2 journal" : "no journal",
                millis(dial, 50),
                millis(dial, 99),
                millis(dial, 100));
    }

    private static List<Chart> charts(EventLatency.Result events, DialLatency.Result dials) {
        LatencyTrack event = events.latency();
        LatencyTrack dial = dials.latency();
        return List.of(
                Chart.ofPercentiles(
                        "Event in → effects out",
                        "µs",
                        MICROS,
                        List.of("from planned time", "inside the engine"),
                        List.of(event.total(), events.service().total())),
                Chart.bySecond(
                        "Event in → effects out, second by second",
                        "µs",
                        true,
                        List.of(
                                Chart.seconds("p50", event.p50(MICROS)),
                                Chart.seconds("p99", event.p99(MICROS)),
                                Chart.seconds("longest", event.max(MICROS)))),
                Chart.bySecond("Events", "events/s", false, List.of(Chart.seconds("events", event.counts()))),
                Chart.ofPercentiles(
                        "Free agent → dial", "ms", MILLIS, List.of("from planned time"), List.of(dial.total())),
                Chart.bySecond(
                        "Free agent → dial, second by second",
                        "ms",
                        true,
                        List.of(
                                Chart.seconds("p50", dial.p50(MILLIS)),
                                Chart.seconds("p99", dial.p99(MILLIS)),
                                Chart.seconds("longest", dial.max(MILLIS)))),
                Chart.bySecond("Dials", "dials/s", false, List.of(Chart.seconds("dials", dial.counts()))));
    }

    private static List<String> notes(EngineBenchSettings settings, EventLatency.Result events) {
        String mix = events.world().mix().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(kind -> kind.getKey() + " " + kind.getValue())
                .collect(Collectors.joining(", "));
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Engine alone: %,d agents in campaigns of their own, progressive and by ratio, under the built-in US"
                                + " policy; a seeded public answers, talks and wraps up %.0f times faster than in life, so"
                                + " that an event is due every %.1f µs. Latency counts from the planned time of the event, so it holds whatever the machine takes away for"
                                + " other processes: of that, what is seen while waiting for an event is counted beside."
                                + " Snapshots are made five times a second, bit by bit between events, as in the daemon.",
                        settings.agents(),
                        events.world().haste(),
                        1e6 / settings.eventsPerSecond()),
                "Events by kind: " + mix + "; slots with none due: "
                        + events.world().emptySlots() + ".",
                "Free agent → dial: the production pipeline in progressive mode. An agent's wrap-up ends at a planned time;"
                        + " the latency is from that time to the entry of Telephony.dial for the call placed for that agent"
                        + (settings.journal() == JournalKind.H2
                                ? ", the attempt's transaction on an H2 file with its redo log included, with the"
                                        + " production store writing behind."
                                : "; without a journal."));
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / MICROS;
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / MILLIS;
    }
}
