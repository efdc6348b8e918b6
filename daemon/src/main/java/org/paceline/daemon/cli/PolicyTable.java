package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.util.List;
import org.paceline.daemon.cli.PolicyFigures.Kind;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Policies as rows of a table, with a column for each kind of figure and an empty line after each. */
final class PolicyTable {
    /** A letter that replaces the colon of a time, because picocli would break a line after a colon. */
    private static final char COLON = 'ː';

    private final TextTable table = TextTable.forColumns(
            Help.defaultColorScheme(Ansi.OFF), column(15), column(34), column(23), column(31), column(17));
    private int rows;

    private PolicyTable() {
        addRow(List.of(
                List.of("policy"), List.of("hours"), List.of("attempts"), List.of("abandoned"), List.of("other")));
    }

    /** @param width the width, with the space before the next column */
    private static Column column(int width) {
        return new Column(width, 0, Overflow.WRAP);
    }

    static void print(List<PolicyFigures> policies, PrintWriter out) {
        PolicyTable table = new PolicyTable();
        policies.forEach(policy -> table.addRow(List.of(
                List.of(policy.id()),
                policy.lines(Kind.HOURS),
                policy.lines(Kind.ATTEMPTS),
                policy.lines(Kind.ABANDONED),
                policy.lines(Kind.OTHER))));
        table.table
                .toString()
                .replace(COLON, ':')
                .lines()
                .limit(table.rows)
                .map(String::stripTrailing)
                .forEach(out::println);
    }

    /** @param cells the cells, each with its figures, which stand below each other */
    private void addRow(List<List<String>> cells) {
        int first = rows;
        for (int column = 0; column < cells.size(); column++) {
            int row = first;
            for (String figure : cells.get(column)) {
                haveRow(row);
                row = table.putValue(row, column, Ansi.OFF.text(figure.replace(':', COLON))).row + 1;
            }
            rows = Math.max(rows, row);
        }
        haveRow(rows);
        rows++;
    }

    private void haveRow(int row) {
        while (table.rowCount() <= row) {
            table.addEmptyRow();
        }
    }
}
