package org.paceline.bench.rules;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.paceline.bench.measure.JmhRun;
import org.paceline.bench.measure.JmhRun.Cost;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Budget;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code paceline-bench rules}. */
@Command(
        name = "rules",
        description = "Measures a verdict of a rule book of four policies by JMH: its time, and what it allocates.")
public final class RulesCommand extends MeasuringCommand {
    @Mixin
    private JmhRun jmh = new JmhRun();

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        jmh.check(this);
        progress.printf(Locale.ROOT, "rules: 3 benchmarks of about %.0f s each%n", jmh.secondsEach());
        progress.flush();
        Map<String, Cost> costs = new HashMap<>();
        jmh.measure(VerdictBenchmark.class, Map.of()).forEach(cost -> costs.put(cost.benchmark(), cost));
        Cost permitted = requireNonNull(costs.get("permitted"));
        Cost byHours = requireNonNull(costs.get("refusedByHours"));
        Cost byCap = requireNonNull(costs.get("refusedByCap"));
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("permitted.nanos", "permitted, mean", permitted.time(), "ns")
                .within(Budget.atMost(1_000)));
        figures.add(Figure.of("permitted.error", "permitted, 99.9 % confidence ±", permitted.error(), "ns"));
        figures.add(Figure.of("permitted.bytes", "permitted, allocated", permitted.bytes(), "B")
                .within(Budget.atMost(0)));
        figures.add(Figure.of("refusedByHours.nanos", "refused by calling hours, mean", byHours.time(), "ns"));
        figures.add(Figure.of("refusedByHours.bytes", "refused by calling hours, allocated", byHours.bytes(), "B"));
        figures.add(Figure.of("refusedByCap.nanos", "refused by a cap, mean", byCap.time(), "ns"));
        figures.add(Figure.of("refusedByCap.bytes", "refused by a cap, allocated", byCap.bytes(), "B"));
        String headline = String.format(
                Locale.ROOT,
                "rules: %s: permitted in %.0f ns with %.0f B, refused in %.0f ns (hours) and %.0f ns (cap)",
                String.join(", ", VerdictBenchmark.POLICIES),
                permitted.time(),
                permitted.bytes(),
                byHours.time(),
                byCap.time());
        return new Report.Findings(
                headline,
                figures,
                List.of(),
                List.of(
                        "JMH, one thread; the same 1,024 requests in turn, of numbers in one or both zones of Florida. Bytes are"
                                + " rounded to tenths, for JMH itself allocates a little in each iteration."));
    }
}
