package org.paceline.bench.pacing;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Chart;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.yaml.ScalarType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paceline-bench pacing}. */
@Command(
        name = "pacing",
        description =
                "Dials whole days with the production engine in virtual time, and tells how busy agents were and how"
                        + " many calls were abandoned, for each scenario, dial mode and team.")
public final class PacingCommand extends MeasuringCommand {
    private static final double LEGAL_PERCENT = 3;

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "FILE|NAME",
            description = "Which publics and teams: files, or ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
            completionCandidates = ScenarioNames.class)
    private List<String> scenarioNames = List.of("constant");

    @Option(names = "--agents", split = ",", description = "Sizes of the team. Default: ${DEFAULT-VALUE}")
    private List<Integer> teams = List.of(5, 10, 20, 50);

    @Option(
            names = "--pacer",
            split = ",",
            description = "Ways to pace: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private List<Contender> contenders = List.of(Contender.PREDICTIVE, Contender.PROGRESSIVE);

    @Option(names = "--lines-per-agent", description = "Of ratio mode. Default: ${DEFAULT-VALUE}")
    private double linesPerAgent = 1.5;

    @Option(names = "--hours", description = "Length of a day. Default: ${DEFAULT-VALUE}")
    private double hours = 8;

    @Option(names = "--seeds", description = "Days for each row, of seeds 1, 2, ... Default: ${DEFAULT-VALUE}")
    private int seeds = 20;

    @Option(
            names = "--days",
            description = "Days of a run, with nights between and one engine over all. Default: the scenario's, mostly 1")
    private @Nullable Integer days;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            description = "The period that the limit holds over, such as 30d. Default: the scenario's, mostly 24h")
    private @Nullable String window;

    private static final class ScenarioNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Scenarios.NAMES.iterator();
        }
    }

    private record Row(Scenario scenario, Contender contender, int agents, List<LabDay.Result> days) {
        String name() {
            return scenario.name() + "." + contender.label() + "." + agents;
        }

        String title() {
            return scenario.name() + ", " + contender.label() + ", " + agents + " agents";
        }

        double utilisation() {
            return days.stream()
                    .mapToDouble(day -> 100 * day.utilisation())
                    .average()
                    .orElse(0);
        }

        double deviation() {
            double mean = utilisation();
            double squares = days.stream()
                    .mapToDouble(day -> Math.pow(100 * day.utilisation() - mean, 2))
                    .sum();
            return days.size() < 2 ? 0 : Math.sqrt(squares / (days.size() - 1));
        }

        double abandoned() {
            return days.stream()
                    .mapToDouble(day -> 100 * day.abandonedRatio())
                    .average()
                    .orElse(0);
        }

        double worst() {
            return days.stream()
                    .mapToDouble(day -> 100 * day.abandonedRatio())
                    .max()
                    .orElse(0);
        }

        double shareOverLimit() {
            return days.stream()
                            .filter(day -> 100 * day.abandonedRatio() > LEGAL_PERCENT)
                            .count()
                    * 100.0
                    / days.size();
        }

        double worstWindow() {
            return days.stream()
                    .mapToDouble(day -> 100 * day.worstWindowRatio())
                    .max()
                    .orElse(0);
        }

        double decisionMicros(double percentile) {
            Histogram all = days.getFirst().decisionNanos().copy();
            days.stream().skip(1).forEach(day -> all.add(day.decisionNanos()));
            return all.getValueAtPercentile(percentile) / 1e3;
        }

        double dialsPerAnswer() {
            long dials = days.stream().mapToLong(LabDay.Result::dials).sum();
            long answered = days.stream().mapToLong(LabDay.Result::answered).sum();
            return answered == 0 ? 0 : (double) dials / answered;
        }
    }

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        teams.forEach(team -> require("--agents", team, 1, 2_000));
        require("--hours", hours, 0.1, 8);
        require("--seeds", seeds, 1, 1_000);
        require("--lines-per-agent", linesPerAgent, 1, 10);
        if (days != null) {
            require("--days", days, 1, 366);
        }
        List<Scenario> scenarios = scenarios();
        List<Row> rows = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Scenario scenario : scenarios) {
                for (Contender contender : contenders) {
                    for (int agents : sizes(scenario)) {
                        rows.add(run(pool, scenario, contender, agents));
                        progress.println(line(rows.getLast()));
                        progress.flush();
                    }
                }
            }
        }
        return findings(rows);
    }

    private List<Scenario> scenarios() {
        List<Scenario> found = new ArrayList<>();
        for (String name : scenarioNames) {
            try {
                Scenario scenario = Scenarios.find(name);
                found.add(window == null ? scenario : scenario.withWindow(window(window)));
            } catch (BenchException e) {
                throw wrongUse(String.valueOf(e.getMessage()));
            }
        }
        return found;
    }

    private Duration window(String text) {
        Duration read = ScalarType.DURATION.parseOrNull(text);
        if (read == null
                || read.compareTo(AbandonmentTerms.SHORTEST_WINDOW) < 0
                || read.compareTo(AbandonmentTerms.LONGEST_WINDOW) > 0) {
            throw wrongUse("--window=" + text + ": must be a duration from 1m to 366d, for example 24h or 30d");
        }
        return read;
    }

    /** The scenario's own team, or those asked for. */
    private List<Integer> sizes(Scenario scenario) {
        return scenario.team().agents() > 0 ? List.of(scenario.team().agents()) : teams;
    }

    private Row run(ExecutorService pool, Scenario scenario, Contender contender, int agents) throws Exception {
        List<Callable<LabDay.Result>> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            long of = seed;
            runs.add(() -> new LabDay(new LabDay.Setup(
                            scenario,
                            agents,
                            hours,
                            days == null ? scenario.days() : days,
                            contender,
                            new PacingSettings(contender.mode(), linesPerAgent, Integer.MAX_VALUE),
                            of,
                            false))
                    .run());
        }
        List<LabDay.Result> results = new ArrayList<>();
        for (Future<LabDay.Result> day : pool.invokeAll(runs)) {
            results.add(day.get());
        }
        return new Row(scenario, contender, agents, results);
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "pacing: %s: utilisation %.1f %% ± %.1f, abandoned %.2f %%, worst day %.2f %%, worst window %.2f %%,"
                        + " %.2f dials an answer, decision %.1f µs (p99 %.1f)",
                row.title(),
                row.utilisation(),
                row.deviation(),
                row.abandoned(),
                row.worst(),
                row.worstWindow(),
                row.dialsPerAnswer(),
                row.decisionMicros(50),
                row.decisionMicros(99));
    }

    private Report.Findings findings(List<Row> rows) {
        List<Figure> figures = new ArrayList<>();
        for (Row row : rows) {
            figures.add(Figure.of(row.name() + ".utilisation", row.title() + ": utilisation", row.utilisation(), "%"));
            figures.add(Figure.of(row.name() + ".deviation", row.title() + ": its deviation", row.deviation(), "%"));
            figures.add(Figure.of(row.name() + ".abandoned", row.title() + ": abandoned, mean", row.abandoned(), "%"));
            figures.add(Figure.of(row.name() + ".worst", row.title() + ": abandoned, worst day", row.worst(), "%"));
            figures.add(
                    Figure.of(row.name() + ".overLimit", row.title() + ": days over 3 %", row.shareOverLimit(), "%"));
        }
        Row first = rows.getFirst();
        return new Report.Findings(
                String.format(
                        Locale.ROOT,
                        "pacing: %d runs; %s: utilisation %.1f %%, worst day %.2f %% abandoned",
                        rows.size() * seeds,
                        first.title(),
                        first.utilisation(),
                        first.worst()),
                figures,
                charts(rows),
                List.of(
                        "Each run begins cold and runs the production engine in virtual time. Utilisation is the share of"
                                + " signed-in time without breaks in talk and wrap-up. An answered call without an agent for"
                                + " 2 s is abandoned; the limit is 3 % of answered calls in 24 hours, unless the scenario says"
                                + " otherwise."));
    }

    private List<Chart> charts(List<Row> rows) {
        if (teams.size() < 2) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        List<Integer> sizes = teams.stream().sorted().distinct().toList();
        List<Chart.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            ticks.add(new Chart.Tick(i, Integer.toString(sizes.get(i))));
        }
        for (String scenario :
                rows.stream().map(row -> row.scenario.name()).distinct().toList()) {
            List<Chart.Line> lines = new ArrayList<>();
            for (Contender contender : contenders) {
                List<Double> x = new ArrayList<>();
                List<Double> y = new ArrayList<>();
                for (int i = 0; i < sizes.size(); i++) {
                    int agents = sizes.get(i);
                    double at = i;
                    rows.stream()
                            .filter(row -> row.scenario.name().equals(scenario)
                                    && row.contender == contender
                                    && row.agents == agents)
                            .findFirst()
                            .ifPresent(row -> {
                                x.add(at);
                                y.add(row.utilisation());
                            });
                }
                if (!x.isEmpty()) {
                    lines.add(new Chart.Line(contender.label(), x, y));
                }
            }
            if (!lines.isEmpty()) {
                charts.add(new Chart("Utilisation, " + scenario, "agents", "% of signed-in time", false, lines, ticks));
            }
        }
        return charts;
    }
}
