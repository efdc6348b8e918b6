package org.paceline.bench.report;

import java.util.List;

/**
 * A table of a page.
 *
 * @param columns their heads, the first one's over the names of the rows
 * @param folded whether it is shown only to those who open it
 */
public record Table(String title, List<String> columns, List<Row> rows, boolean folded) {
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    public record Row(String name, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * @param detail a smaller second line; may be empty
     * @param missed whether the value is worse than it may be
     */
    public record Cell(String text, String detail, boolean missed) {
        public static Cell of(String text) {
            return new Cell(text, "", false);
        }
    }
}
