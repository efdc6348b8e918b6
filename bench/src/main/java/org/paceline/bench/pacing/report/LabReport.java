package org.paceline.bench.pacing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.world.DayTrace;
import org.paceline.bench.report.Chart;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import org.paceline.bench.report.Table;

/** The lab's report: tables and charts of its rows, figures by name, and the rows themselves for {@code summary.json}. */
public final class LabReport {
    /** The largest share of answered calls that may be abandoned, percent. */
    public static final double LIMIT_PERCENT = 3;

    private static final List<String> NOTES = List.of(
            "Each run begins cold and runs the production engine in virtual time; the same seed is the same day. Utilisation is"
                    + " the share of signed-in time without breaks in talk and wrap-up, mean of the days ± their standard"
                    + " deviation. An answered call without an agent for 2 s is abandoned; abandoned calls are shown in percent of"
                    + " answered calls, mean and worst day; red where a day was over 3 %. The limit is 3 % in 24 hours, unless"
                    + " the scenario says otherwise.");

    private LabReport() {}

    /**
     * A day to be drawn.
     *
     * @param answerRateDeviation standard deviation of the trace's estimates, as many, or none
     */
    public record TracedDay(String title, DayTrace trace, List<Double> answerRateDeviation) {
        /** Makes the day, with the deviation where its pacer tells one. */
        public static TracedDay of(String title, DayTrace trace) {
            List<Double> deviation = trace.answerRateDeviation();
            return new TracedDay(
                    title, trace, deviation.stream().allMatch(value -> value.isNaN()) ? List.of() : deviation);
        }
    }

    /**
     * @param rows at least one; scenarios, pacers and teams are shown in their order
     * @param more tables before those of the rows
     */
    public static Report.Findings findings(List<LabRow> rows, List<TracedDay> days, List<Table> more) {
        List<Table> tables = new ArrayList<>(more);
        List<Chart> charts = new ArrayList<>();
        for (String scenario : scenarios(rows)) {
            List<LabRow> own =
                    rows.stream().filter(row -> row.scenario().equals(scenario)).toList();
            tables.add(results(scenario, own));
            tables.add(details(scenario, own));
            charts.addAll(LabCharts.of(scenario, own));
        }
        for (TracedDay day : days) {
            charts.addAll(DayCharts.of(day));
        }
        return new Report.Findings(
                headline(rows),
                figures(rows),
                charts,
                NOTES,
                tables,
                rows.stream().map(LabRow::values).toList());
    }

    static List<String> scenarios(List<LabRow> rows) {
        return rows.stream().map(LabRow::scenario).distinct().toList();
    }

    static List<String> pacers(List<LabRow> rows) {
        return rows.stream().map(LabRow::pacer).distinct().toList();
    }

    static List<Integer> teams(List<LabRow> rows) {
        return rows.stream().map(LabRow::agents).distinct().sorted().toList();
    }

    static @Nullable LabRow find(List<LabRow> rows, String pacer, int agents) {
        return rows.stream()
                .filter(row -> row.pacer().equals(pacer) && row.agents() == agents)
                .findFirst()
                .orElse(null);
    }

    /** Returns one line for the terminal. */
    public static String line(LabRow row) {
        return String.format(
                Locale.ROOT,
                "pacing: %s: utilisation %.1f %% ± %.1f, abandoned %.2f %%, worst day %.2f %%, worst window %.2f %%,"
                        + " %.2f dials an answer, decision %.1f µs (p99 %.1f)%s",
                row.title(),
                row.utilisationPercent(),
                row.utilisationSd(),
                row.abandonedPercent(),
                row.abandonedPercentWorstSeed(),
                row.abandonedPercentWorstWindow(),
                row.dialsPerAnswer(),
                row.decisionMicrosP50(),
                row.decisionMicrosP99(),
                row.factor() == null ? "" : String.format(Locale.ROOT, ", factor %.3f", row.factor()));
    }

    private static String headline(List<LabRow> rows) {
        LabRow first = rows.getFirst();
        return String.format(
                Locale.ROOT,
                "pacing: %d days; %s: utilisation %.1f %%, worst day %.2f %% abandoned",
                rows.stream().mapToInt(LabRow::seeds).sum(),
                first.title(),
                first.utilisationPercent(),
                first.abandonedPercentWorstSeed());
    }

    private static List<Figure> figures(List<LabRow> rows) {
        List<Figure> figures = new ArrayList<>();
        for (LabRow row : rows) {
            String name = row.name();
            String title = row.title();
            figures.add(Figure.of(name + ".utilisation", title + ": utilisation", row.utilisationPercent(), "%"));
            figures.add(Figure.of(name + ".deviation", title + ": its deviation", row.utilisationSd(), "%"));
            figures.add(Figure.of(name + ".abandoned", title + ": abandoned, mean", row.abandonedPercent(), "%"));
            figures.add(
                    Figure.of(name + ".worst", title + ": abandoned, worst day", row.abandonedPercentWorstSeed(), "%"));
            figures.add(
                    Figure.of(name + ".overLimit", title + ": days over 3 %", 100 * row.seedsOverLimitShare(), "%"));
            if (row.factor() != null) {
                figures.add(Figure.of(name + ".factor", title + ": factor", row.factor(), "best in hindsight"));
            }
        }
        return figures;
    }

    private static Table results(String scenario, List<LabRow> rows) {
        List<String> columns = new ArrayList<>();
        columns.add("pacer");
        teams(rows).forEach(team -> columns.add(team + (team == 1 ? " agent" : " agents")));
        List<Table.Row> lines = new ArrayList<>();
        for (String pacer : pacers(rows)) {
            List<Table.Cell> cells = new ArrayList<>();
            for (int team : teams(rows)) {
                LabRow row = find(rows, pacer, team);
                cells.add(
                        row == null
                                ? Table.Cell.of("–")
                                : new Table.Cell(
                                        String.format(
                                                Locale.ROOT,
                                                "%.1f ± %.1f",
                                                row.utilisationPercent(),
                                                row.utilisationSd()),
                                        String.format(
                                                Locale.ROOT,
                                                "%.2f / %.2f",
                                                row.abandonedPercent(),
                                                row.abandonedPercentWorstSeed()),
                                        row.seedsOverLimitShare() > 0));
            }
            lines.add(new Table.Row(pacer, cells));
        }
        return new Table(
                "Results, " + scenario + ": utilisation %, abandoned % (mean / worst day)", columns, lines, false);
    }

    private static Table details(String scenario, List<LabRow> rows) {
        List<Table.Row> lines = rows.stream()
                .map(row -> new Table.Row(
                        row.pacer() + ", " + row.agents(),
                        List.of(
                                number("%.1f", row.talkPercent()),
                                number("%.1f", row.idleSecondsPerCall()),
                                number("%.1f", row.callsPerAgentHour()),
                                number("%.2f", row.dialsPerAnswer()),
                                number("%.0f", 100 * row.seedsOverLimitShare()),
                                number("%.1f", row.decisionMicrosP50()),
                                number("%.1f", row.decisionMicrosP99()),
                                row.factor() == null ? Table.Cell.of("") : number("%.3f", row.factor()))))
                .toList();
        return new Table(
                "More of " + scenario,
                List.of(
                        "pacer, agents",
                        "talk %",
                        "idle s a call",
                        "calls an agent hour",
                        "dials an answer",
                        "days over 3 %, %",
                        "decision µs p50",
                        "p99",
                        "factor"),
                lines,
                true);
    }

    private static Table.Cell number(String format, double value) {
        return Table.Cell.of(Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–");
    }
}
