package org.paceline.daemon.csv;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/**
 * Finds the cells of a row that have numbers, with the area code in front where it has a column of its own, as in the
 * registry files of the Federal Trade Commission ({@code 305,5550123}).
 *
 * <p>Thread: the importing one.
 */
public final class PhoneCells {
    private static final int LONGEST_LOCAL = 8;

    private final List<Integer> columns;
    private final int areaColumn;

    /** @param columns the columns of numbers */
    public PhoneCells(CsvList list, List<Integer> columns) {
        this.columns = List.copyOf(columns);
        this.areaColumn = list.areaColumn();
    }

    /** Returns the row's cells that are not empty. */
    public List<String> of(CSVRecord row) {
        if (columns.size() == 1 && areaColumn < 0) {
            String only = CsvList.value(row, columns.getFirst());
            return only.isEmpty() ? List.of() : List.of(only);
        }
        List<String> cells = new ArrayList<>(row.size());
        row.forEach(cells::add);
        return of(cells);
    }

    /** Returns the cells of a row that was split by hand. */
    public List<String> of(List<String> row) {
        String area = value(row, areaColumn);
        List<String> cells = new ArrayList<>(columns.size());
        for (int column : columns) {
            String cell = value(row, column);
            if (!cell.isEmpty()) {
                cells.add(isLocal(cell) ? area + cell : cell);
            }
        }
        return cells;
    }

    private static boolean isLocal(String cell) {
        return !cell.startsWith("+") && cell.chars().filter(Character::isDigit).count() <= LONGEST_LOCAL;
    }

    private static String value(List<String> row, int column) {
        return column < 0 || column >= row.size() ? "" : row.get(column).strip();
    }
}
