package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns of fixed width; a cell that is longer goes on in further lines. */
final class TextTable {
    private final int[] widths;

    /** @param widths characters of each column, without the space between columns */
    TextTable(int... widths) {
        this.widths = widths.clone();
    }

    /** @param cells each with its lines, one for each column */
    void print(PrintWriter out, List<List<String>> cells) {
        List<List<String>> wrapped = new ArrayList<>();
        int lines = 1;
        for (int column = 0; column < widths.length; column++) {
            List<String> cell = new ArrayList<>();
            for (String line : cells.get(column)) {
                wrap(line, widths[column], cell);
            }
            wrapped.add(cell);
            lines = Math.max(lines, cell.size());
        }
        for (int line = 0; line < lines; line++) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = wrapped.get(column);
                String part = line < cell.size() ? cell.get(line) : "";
                text.append(part).repeat(" ", Math.max(1, widths[column] + 1 - part.length()));
            }
            out.println(text.toString().stripTrailing());
        }
        out.println();
    }

    private static void wrap(String text, int width, List<String> lines) {
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space <= 0 ? width : space;
            lines.add(rest.substring(0, end));
            rest = "  " + rest.substring(end).strip();
        }
        lines.add(rest);
    }
}
