package org.paceline.bench.pacing.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.paceline.bench.pacing.report.LabReport;
import org.paceline.bench.pacing.report.LabRow;
import org.paceline.bench.pacing.report.WhatIf;
import org.paceline.bench.report.Report;
import org.paceline.bench.report.Table;

/**
 * Gathers the results of a plan in its order, prints each on the terminal, and makes the report. Thread: one at a time.
 */
public final class LabFindings {
    private final Consumer<String> terminal;
    private final List<LabRow> rows = new ArrayList<>();
    private final List<LabReport.TracedDay> traced = new ArrayList<>();
    private final List<Table> comparisons = new ArrayList<>();

    /** @param terminal takes one line or several at a time */
    public LabFindings(Consumer<String> terminal) {
        this.terminal = terminal;
    }

    /** Adds a result. A changed case comes right after the same case as configured. */
    public void add(CaseResult result) {
        LabRow row = result.row();
        if (result.trace() != null) {
            traced.add(LabReport.TracedDay.of(row.title(), result.trace()));
        }
        terminal.accept(LabReport.line(row));
        String change = result.of().change();
        if (change != null) {
            WhatIf comparison = new WhatIf(
                    rows.getLast(), row, change, result.of().subject().actual());
            comparisons.add(comparison.table());
            terminal.accept(comparison.text());
        }
        rows.add(row);
    }

    /** Returns the findings; at least one result must have been added. */
    public Report.Findings findings() {
        return LabReport.findings(rows, traced, comparisons);
    }
}
