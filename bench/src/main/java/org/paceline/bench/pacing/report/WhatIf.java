package org.paceline.bench.pacing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.history.FittedLaws;
import org.paceline.bench.report.Table;

/**
 * The same days as configured and with a change, side by side.
 *
 * @param actual how the real days went, or null where there are none
 */
public record WhatIf(LabRow before, LabRow after, String change, FittedLaws.@Nullable Actual actual) {

    private record Line(
            String name, String format, ToDoubleFunction<LabRow> value, ToDoubleFunction<FittedLaws.Actual> real) {}

    private static final List<Line> LINES = List.of(
            new Line("utilisation, %", "%.1f", LabRow::utilisationPercent, real -> 100 * real.utilisation()),
            new Line("talk, %", "%.1f", LabRow::talkPercent, real -> 100 * real.talkShare()),
            new Line("idle seconds a call", "%.1f", LabRow::idleSecondsPerCall, FittedLaws.Actual::idleSecondsPerTalk),
            new Line("abandoned, %, mean", "%.2f", LabRow::abandonedPercent, real -> 100 * real.abandonedRatio()),
            new Line("abandoned, %, worst day", "%.2f", LabRow::abandonedPercentWorstSeed, _ -> Double.NaN),
            new Line("calls an agent hour", "%.1f", LabRow::callsPerAgentHour, FittedLaws.Actual::talksPerAgentHour),
            new Line("dials an answer", "%.2f", LabRow::dialsPerAnswer, FittedLaws.Actual::dialsPerAnswer));

    public Table table() {
        List<String> columns = new ArrayList<>(List.of(before.scenario() + ", " + before.agents() + " agents"));
        if (actual != null) {
            columns.add("as recorded");
        }
        columns.add(before.pacer());
        columns.add("with the change");
        columns.add("difference");
        List<Table.Row> rows = new ArrayList<>();
        for (Line line : LINES) {
            double was = line.value.applyAsDouble(before);
            double is = line.value.applyAsDouble(after);
            List<Table.Cell> cells = new ArrayList<>();
            if (actual != null) {
                cells.add(Table.Cell.of(number(line.format, line.real.applyAsDouble(actual))));
            }
            cells.add(Table.Cell.of(number(line.format, was)));
            cells.add(Table.Cell.of(number(line.format, is)));
            cells.add(Table.Cell.of(number(signed(line.format), is - was)));
            rows.add(new Table.Row(line.name, cells));
        }
        return new Table("What if: " + change, columns, rows, false);
    }

    /** Returns the text for the terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "what if %s: %s, %s agents:", change, before.scenario(), before.agents()));
        for (Line line : LINES) {
            double was = line.value.applyAsDouble(before);
            double is = line.value.applyAsDouble(after);
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %-24s %8s → %8s (%s)",
                    line.name,
                    number(line.format, was),
                    number(line.format, is),
                    number(signed(line.format), is - was)));
        }
        return text.toString();
    }

    private static String signed(String format) {
        return format.replace("%", "%+");
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }
}
