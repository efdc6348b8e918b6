package org.paceline.daemon.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV that people open in a spreadsheet. Texts come from lists and from agents, so one that a spreadsheet would run
 * as a formula (CWE-1236) gets an apostrophe before it; numbers, also telephone numbers with a plus, stay as they are.
 *
 * <p>Thread: one.
 */
public final class CsvOutput {
    private static final String STARTS_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%";

    /**
     * A number, which has nothing to run in it: digits, perhaps masked, and the characters between the digits of a
     * number.
     */
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d[\\d*.,: ()/-]*%?");

    private static final char TEXT = '\'';

    private final CSVPrinter printer;

    /** @param out the output; it is not closed here */
    public CsvOutput(Appendable out) throws IOException {
        this.printer = new CSVPrinter(
                out, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
    }

    /** Writes a row; null is an empty cell. */
    public void row(@Nullable Object... cells) throws IOException {
        List<@Nullable Object> safe = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            safe.add(cell instanceof CharSequence text ? neutral(text.toString()) : cell);
        }
        printer.printRecord(safe);
    }

    public void flush() throws IOException {
        printer.flush();
    }

    static String neutral(String text) {
        boolean runs = !text.isEmpty()
                && STARTS_FORMULA.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return runs ? TEXT + text : text;
    }

    /** Returns the cell as it was before {@link #row} made it harmless. */
    public static String original(String cell) {
        boolean made = cell.length() > 1
                && cell.charAt(0) == TEXT
                && neutral(cell.substring(1)).equals(cell);
        return made ? cell.substring(1) : cell;
    }
}
