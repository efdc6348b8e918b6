package org.paceline.bench.rules;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Budget;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paceline-bench rules}. */
@Command(
        name = "rules",
        description = "Measures a verdict of a rule book of four policies by JMH: its time, and what it allocates.")
public final class RulesCommand extends MeasuringCommand {
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final String[] JVM = {
        "-Xms512m", "-Xmx512m", "-XX:+UseZGC", "--sun-misc-unsafe-memory-access=allow", "-Djmh.ignoreLock=true"
    };

    @Option(
            names = "--forks",
            description = "JVMs measured, one after the other; 0 measures in this one. Default: ${DEFAULT-VALUE}")
    private int forks = 2;

    @Option(names = "--warmup", description = "Iterations before each measurement. Default: ${DEFAULT-VALUE}")
    private int warmup = 5;

    @Option(names = "--iterations", description = "Iterations measured in each fork. Default: ${DEFAULT-VALUE}")
    private int iterations = 5;

    @Option(names = "--seconds", description = "Length of an iteration. Default: ${DEFAULT-VALUE}")
    private double seconds = 1;

    private record Cost(double nanos, double error, double bytes) {}

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        require("--forks", forks, 0, 20);
        require("--warmup", warmup, 0, 1_000);
        require("--iterations", iterations, 1, 1_000);
        require("--seconds", seconds, 0.01, 600);
        progress.printf(
                Locale.ROOT,
                "rules: 3 benchmarks of about %.0f s each%n",
                Math.max(1, forks) * (warmup + iterations) * seconds);
        progress.flush();
        Map<String, Cost> costs = run();
        Cost permitted = requireNonNull(costs.get("permitted"));
        Cost byHours = requireNonNull(costs.get("refusedByHours"));
        Cost byCap = requireNonNull(costs.get("refusedByCap"));
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("permitted.nanos", "permitted, mean", permitted.nanos, "ns")
                .within(Budget.atMost(1_000)));
        figures.add(Figure.of("permitted.error", "permitted, 99.9 % confidence ±", permitted.error, "ns"));
        figures.add(Figure.of("permitted.bytes", "permitted, allocated", permitted.bytes, "B")
                .within(Budget.atMost(0)));
        figures.add(Figure.of("refusedByHours.nanos", "refused by calling hours, mean", byHours.nanos, "ns"));
        figures.add(Figure.of("refusedByHours.bytes", "refused by calling hours, allocated", byHours.bytes, "B"));
        figures.add(Figure.of("refusedByCap.nanos", "refused by a cap, mean", byCap.nanos, "ns"));
        figures.add(Figure.of("refusedByCap.bytes", "refused by a cap, allocated", byCap.bytes, "B"));
        String headline = String.format(
                Locale.ROOT,
                "rules: %s: permitted in %.0f ns with %.0f B, refused in %.0f ns (hours) and %.0f ns (cap)",
                String.join(", ", VerdictBenchmark.POLICIES),
                permitted.nanos,
                permitted.bytes,
                byHours.nanos,
                byCap.nanos);
        return new Report.Findings(
                headline,
                figures,
                List.of(),
                List.of(
                        "JMH, one thread; the same 1,024 requests in turn, of numbers in one or both zones of Florida. Bytes are"
                                + " rounded to tenths, for JMH itself allocates a little in each iteration."));
    }

    private Map<String, Cost> run() throws BenchException {
        TimeValue length = TimeValue.milliseconds(Math.round(seconds * 1_000));
        Options options = new OptionsBuilder()
                .include("^" + VerdictBenchmark.class.getName().replace(".", "\\.") + "\\.")
                .forks(forks)
                .warmupIterations(warmup)
                .warmupTime(length)
                .measurementIterations(iterations)
                .measurementTime(length)
                .addProfiler(GCProfiler.class)
                .jvmArgs(JVM)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        try {
            Map<String, Cost> costs = new HashMap<>();
            for (RunResult result : new Runner(options).run()) {
                String benchmark = result.getParams().getBenchmark();
                costs.put(benchmark.substring(benchmark.lastIndexOf('.') + 1), cost(result));
            }
            return costs;
        } catch (RunnerException e) {
            throw new BenchException("JMH failed: " + e.getMessage(), e);
        }
    }

    private static Cost cost(RunResult result) {
        double bytes = requireNonNull(result.getSecondaryResults().get(ALLOCATION), ALLOCATION)
                .getScore();
        return new Cost(
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                Math.round(bytes * 10) / 10.0);
    }
}
