package org.paceline.daemon.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/**
 * Finds rows that ended up in a quoted cell of another row, because a stray quote opened the cell and one much later
 * closed it. A note with line breaks is not mistaken for them, because its lines do not have the list's columns with a
 * number in the right place.
 *
 * <p>Thread: the importing one.
 */
public final class SwallowedRows {
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|\\r|\\n");
    private static final int LEAST_DIGITS = 7;

    private SwallowedRows() {}

    /** Returns the rows within a row, each with its cells; none where the row is as it should be. */
    public static List<List<String>> of(CSVRecord row, CsvList list) {
        for (String cell : row) {
            if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
                List<List<String>> found = within(cell, list);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static List<List<String>> within(String cell, CsvList list) {
        List<String> lines = LINE_BREAK.splitAsStream(cell).toList();
        List<List<String>> found = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = Arrays.asList(lines.get(i).split(Pattern.quote(String.valueOf(list.delimiter())), -1));
            // The closing quote cut the last line short.
            boolean whole = cells.size() == list.columns().size() || (i == lines.size() - 1 && cells.size() > 1);
            if (whole && list.phoneColumns().stream().anyMatch(column -> isNumber(cells, column))) {
                found.add(cells);
            }
        }
        return found;
    }

    private static boolean isNumber(List<String> cells, int column) {
        String cell = column < cells.size() ? cells.get(column) : "";
        return cell.chars().filter(Character::isDigit).count() >= LEAST_DIGITS;
    }

    /** Returns the reason that is given for them. */
    public static String reason(int rows) {
        return "a quote takes in " + rows + (rows == 1 ? " more row" : " more rows")
                + ": close it, or double it where it is meant as text";
    }
}
