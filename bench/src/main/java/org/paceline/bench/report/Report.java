package org.paceline.bench.report;

import java.time.Instant;
import java.util.List;

/**
 * A finished run.
 *
 * @param command its name, for example {@code engine}
 * @param arguments the command line behind {@code paceline-bench}
 * @param date when it began
 * @param headline the run in one line, as printed in the terminal
 * @param notes how it was measured, a paragraph each
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
        List<String> notes) {

    public Report {
        arguments = List.copyOf(arguments);
        figures = List.copyOf(figures);
        charts = List.copyOf(charts);
        notes = List.copyOf(notes);
    }

    /** What a command found out; where and of what it was measured is added here. */
    public record Findings(String headline, List<Figure> figures, List<Chart> charts, List<String> notes) {}

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
                findings.notes());
    }

    /** Whether every figure that has a budget keeps it. */
    public boolean keepsBudgets() {
        return figures.stream().noneMatch(Figure::missesBudget);
    }
}
