package org.paceline.bench.decision;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.paceline.bench.measure.JmhRun;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Budget;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code paceline-bench decision}. */
@Command(
        name = "decision",
        description = "Measures one decision of the predictive pacer by JMH: its time, and what it allocates.")
public final class DecisionCommand extends MeasuringCommand {
    private static final Map<Integer, Double> BUDGETS_MICROS = Map.of(200, 50.0, 1_000, 300.0);

    @Option(names = "--agents", split = ",", description = "Sizes of the team. Default: ${DEFAULT-VALUE}")
    private List<Integer> teams = List.of(5, 20, 50, 200, 1_000);

    @Mixin
    private JmhRun jmh = new JmhRun();

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        teams.forEach(team -> require("--agents", team, 1, 2_000));
        jmh.check(this);
        progress.printf(Locale.ROOT, "decision: %d benchmarks of about %.0f s each%n", teams.size(), jmh.secondsEach());
        progress.flush();
        List<Figure> figures = new ArrayList<>();
        StringBuilder headline = new StringBuilder("decision:");
        List<String> sizes = teams.stream().map(String::valueOf).toList();
        for (JmhRun.Cost cost : jmh.measure(DecisionBenchmark.class, Map.of("agents", sizes))) {
            String name = "agents" + cost.parameter();
            String title = cost.parameter() + " agents";
            Figure time = Figure.of(name + ".micros", title + ", mean", cost.time(), "µs");
            Double budget = BUDGETS_MICROS.get(Integer.valueOf(cost.parameter()));
            figures.add(budget == null ? time : time.within(Budget.atMost(budget)));
            figures.add(Figure.of(name + ".error", title + ", 99.9 % confidence ±", cost.error(), "µs"));
            figures.add(Figure.of(name + ".bytes", title + ", allocated", cost.bytes(), "B"));
            headline.append(String.format(Locale.ROOT, " %s agents %.1f µs", cost.parameter(), cost.time()));
        }
        return new Report.Findings(
                headline.toString(),
                figures,
                List.of(),
                List.of(
                        "JMH, one thread; one decision on a floor that has been busy for half an hour. Half a second passes"
                                + " between two decisions, in which calls are answered and agents come free: outside of what is"
                                + " measured."));
    }
}
