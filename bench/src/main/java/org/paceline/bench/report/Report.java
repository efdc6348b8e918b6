package org.paceline.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished run.
 *
 * @param command its name, for example {@code engine}
 * @param arguments the command line behind {@code paceline-bench}
 * @param date when it began
 * @param headline the run in one line, as printed in the terminal
 * @param notes how it was measured, a paragraph each
 * @param tables shown before the charts
 * @param rows the rows of {@code summary.json}: what was measured in each case, by name
 */
public record Report(
        String command,
        List<String> arguments,
        Instant date,
        Machine machine,
        String commit,
        String headline,
        List<Figure> figures,
        List<Chart> charts,
        List<String> notes,
        List<Table> tables,
        List<Map<String, @Nullable Object>> rows) {

    public Report {
        arguments = List.copyOf(arguments);
        figures = List.copyOf(figures);
        charts = List.copyOf(charts);
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
        rows = List.copyOf(rows);
    }

    /** The findings of a command; the machine and the commit are added by the report. */
    public record Findings(
            String headline,
            List<Figure> figures,
            List<Chart> charts,
            List<String> notes,
            List<Table> tables,
            List<Map<String, @Nullable Object>> rows) {

        /** Makes the findings of a command that measures one case. */
        public Findings(String headline, List<Figure> figures, List<Chart> charts, List<String> notes) {
            this(headline, figures, charts, notes, List.of(), List.of());
        }
    }

    /** A run of this process on this machine. */
    public static Report here(String command, List<String> arguments, Instant date, Findings findings) {
        return new Report(
                command,
                arguments,
                date,
                Machine.here(),
                Commit.current(),
                findings.headline(),
                findings.figures(),
                findings.charts(),
                findings.notes(),
                findings.tables(),
                findings.rows());
    }

    /** Whether every figure that has a budget keeps it. */
    public boolean keepsBudgets() {
        return figures.stream().noneMatch(Figure::missesBudget);
    }
}
