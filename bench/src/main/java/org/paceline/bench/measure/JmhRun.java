package org.paceline.bench.measure;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Option;

/**
 * The options of a command that say how long JMH measures, and the run itself: all benchmarks of a class, on the
 * daemon's collector.
 */
public final class JmhRun {
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

    /**
     * The cost of one call of a benchmark.
     *
     * @param parameter the benchmark's parameter, empty where it has none
     * @param time mean, in the benchmark's unit
     * @param error half of the 99.9 % confidence interval
     * @param bytes allocated, to a tenth
     */
    public record Cost(String benchmark, String parameter, double time, double error, double bytes) {}

    /** Refuses numbers out of bounds as wrong use of the command. */
    public void check(MeasuringCommand command) {
        command.require("--forks", forks, 0, 20);
        command.require("--warmup", warmup, 0, 1_000);
        command.require("--iterations", iterations, 1, 1_000);
        command.require("--seconds", seconds, 0.01, 600);
    }

    /** Returns how long one benchmark takes, seconds. */
    public double secondsEach() {
        return Math.max(1, forks) * (warmup + iterations) * seconds;
    }

    /**
     * Measures every benchmark of the class.
     *
     * @param parameters values of each of its parameters
     */
    public List<Cost> measure(Class<?> benchmarks, Map<String, List<String>> parameters) throws BenchException {
        TimeValue length = TimeValue.milliseconds(Math.round(seconds * 1_000));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                .forks(forks)
                .warmupIterations(warmup)
                .warmupTime(length)
                .measurementIterations(iterations)
                .measurementTime(length)
                .addProfiler(GCProfiler.class)
                .jvmArgs(JVM)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        new TreeMap<>(parameters).forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        try {
            List<Cost> costs = new ArrayList<>();
            for (RunResult result : new Runner(options.build()).run()) {
                costs.add(cost(result));
            }
            return costs;
        } catch (RunnerException e) {
            throw new BenchException("JMH failed: " + e.getMessage(), e);
        }
    }

    private static Cost cost(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        double bytes = requireNonNull(result.getSecondaryResults().get(ALLOCATION), ALLOCATION)
                .getScore();
        return new Cost(
                benchmark.substring(benchmark.lastIndexOf('.') + 1),
                result.getParams().getParamsKeys().stream()
                        .map(result.getParams()::getParam)
                        .findFirst()
                        .orElse(""),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                Math.round(bytes * 10) / 10.0);
    }
}
