package org.paceline.bench.pacing;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Chart;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
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
            description = "Which publics: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private List<Scenario> scenarios = List.of(Scenario.CONSTANT);

    @Option(names = "--agents", split = ",", description = "Sizes of the team. Default: ${DEFAULT-VALUE}")
    private List<Integer> teams = List.of(5, 10, 20, 50);

    @Option(
            names = "--pacer",
            split = ",",
            description = "Ways to pace: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private List<Contender> contenders = List.of(Contender.PREDICTIVE, Contender.PROGRESSIVE);

    @Option(names = "--lines-per-agent", description = "Of ratio mode. Default: the best in hindsight")
    private @Nullable Double linesPerAgent;

    private final Tuning tuning = new Tuning();

    @Option(names = "--hours", description = "Length of a day. Default: ${DEFAULT-VALUE}")
    private double hours = 8;

    @Option(names = "--seeds", description = "Days for each row, of seeds 1, 2, ... Default: ${DEFAULT-VALUE}")
    private int seeds = 20;

    private record Row(Scenario scenario, Entrant entrant, int agents, List<LabDay.Result> days) {
        String name() {
            return lower(scenario) + "." + entrant.contender().label() + "." + agents;
        }

        String title() {
            return lower(scenario) + ", " + entrant.contender().label() + ", " + agents + " agents";
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
        if (linesPerAgent != null) {
            require("--lines-per-agent", linesPerAgent, 1, 10);
        }
        List<Row> rows = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Scenario scenario : scenarios) {
                for (Contender contender : contenders) {
                    for (int agents : teams) {
                        rows.add(run(pool, scenario, contender, agents));
                        progress.println(line(rows.getLast()));
                        progress.flush();
                    }
                }
            }
        }
        return findings(rows);
    }

    private Row run(ExecutorService pool, Scenario scenario, Contender contender, int agents) throws Exception {
        Entrant entrant = contender == Contender.RATIO && linesPerAgent != null
                ? new Entrant(contender, linesPerAgent)
                : tuning.entrant(
                        scenario,
                        contender,
                        agents,
                        hours,
                        factor -> trial(days(
                                pool,
                                scenario,
                                new Entrant(contender, factor),
                                agents,
                                Tuning.FIRST_SEED,
                                Tuning.days(agents))));
        return new Row(scenario, entrant, agents, days(pool, scenario, entrant, agents, 1, seeds));
    }

    private static Tuning.Mean trial(List<LabDay.Result> days) {
        return new Tuning.Mean(
                days.stream().mapToDouble(LabDay.Result::utilisation).average().orElseThrow(),
                days.stream()
                        .mapToDouble(LabDay.Result::abandonedRatio)
                        .average()
                        .orElseThrow());
    }

    private List<LabDay.Result> days(
            ExecutorService pool, Scenario scenario, Entrant entrant, int agents, long firstSeed, int count)
            throws Exception {
        List<Callable<LabDay.Result>> days = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            long of = seed;
            days.add(() -> new LabDay(scenario, agents, hours, entrant, of).run());
        }
        List<LabDay.Result> results = new ArrayList<>();
        for (Future<LabDay.Result> day : pool.invokeAll(days)) {
            results.add(day.get());
        }
        return results;
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "pacing: %s: utilisation %.1f %% ± %.1f, abandoned %.2f %%, worst day %.2f %%, %.2f dials an answer%s",
                row.title(),
                row.utilisation(),
                row.deviation(),
                row.abandoned(),
                row.worst(),
                row.dialsPerAnswer(),
                row.entrant.hasFactor() ? String.format(Locale.ROOT, ", factor %.3f", row.entrant.factor()) : "");
    }

    private Report.Findings findings(List<Row> rows) {
        List<Figure> figures = new ArrayList<>();
        for (Row row : rows) {
            figures.add(Figure.of(row.name() + ".utilisation", row.title() + ": utilisation", row.utilisation(), "%"));
            figures.add(Figure.of(row.name() + ".deviation", row.title() + ": its deviation", row.deviation(), "%"));
            figures.add(Figure.of(row.name() + ".abandoned", row.title() + ": abandoned, mean", row.abandoned(), "%"));
            figures.add(Figure.of(row.name() + ".worst", row.title() + ": abandoned, worst day", row.worst(), "%"));
            if (row.entrant.hasFactor()) {
                figures.add(Figure.of(
                        row.name() + ".factor", row.title() + ": factor", row.entrant.factor(), "best in hindsight"));
            }
            figures.add(
                    Figure.of(row.name() + ".overLimit", row.title() + ": days over 3 %", row.shareOverLimit(), "%"));
        }
        Row first = rows.getFirst();
        return new Report.Findings(
                String.format(
                        Locale.ROOT,
                        "pacing: %d days; %s: utilisation %.1f %%, worst day %.2f %% abandoned",
                        rows.size() * seeds,
                        first.title(),
                        first.utilisation(),
                        first.worst()),
                figures,
                charts(rows),
                List.of(
                        "Each day begins cold and runs the production engine in virtual time. Utilisation is the share of"
                                + " signed-in time in talk and wrap-up. An answered call without an agent for 2 s is abandoned;"
                                + " the limit is 3 % of answered calls in 24 hours."));
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
        for (Scenario scenario : scenarios) {
            List<Chart.Line> lines = new ArrayList<>();
            for (Contender contender : contenders) {
                List<Double> x = new ArrayList<>();
                List<Double> y = new ArrayList<>();
                for (int i = 0; i < sizes.size(); i++) {
                    int agents = sizes.get(i);
                    x.add((double) i);
                    y.add(rows.stream()
                            .filter(row -> row.scenario == scenario
                                    && row.entrant.contender() == contender
                                    && row.agents == agents)
                            .findFirst()
                            .orElseThrow()
                            .utilisation());
                }
                lines.add(new Chart.Line(contender.label(), x, y));
            }
            charts.add(
                    new Chart("Utilisation, " + lower(scenario), "agents", "% of signed-in time", false, lines, ticks));
        }
        return charts;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
