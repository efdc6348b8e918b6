package org.paceline.daemon.csv;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.FileFault;

/**
 * A CSV file with a header and columns of telephone numbers, read row by row. Its encoding is detected ({@link
 * ListEncoding}); its cells are separated by commas, semicolons, tabs or bars, as the header or a spreadsheet's line
 * {@code sep=;} shows. A title above the header is skipped.
 *
 * <p>Thread: the importing one.
 */
public final class CsvList implements AutoCloseable {
    private static final Pattern OPEN_QUOTE = Pattern.compile("\\(startline (\\d+)\\) EOF reached");
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?[sS][eE][pP]=(.)\"?(?:\\r\\n|\\r|\\n)");
    private static final int BUFFER = 1 << 16;
    private static final int MOST_TITLES = 5;

    private final Path file;
    private final long totalBytes;
    private final Counting counting;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final ListColumns columns;
    private final List<Integer> phoneColumns;
    private final char delimiter;
    private final Charset encoding;
    private final ListFormat format;
    private final int areaColumn;
    private @Nullable CSVRecord firstRow;
    private long rows;
    private long line;

    private CsvList(Path file, Counting counting, CSVParser parser, char delimiter, Charset encoding, ListFormat format)
            throws CsvException, IOException {
        this.file = file;
        this.delimiter = delimiter;
        this.totalBytes = Files.size(file);
        this.counting = counting;
        this.parser = parser;
        this.encoding = encoding;
        this.records = parser.iterator();
        this.format = format;
        List<String> header = header(format);
        Headerless headerless = headerless(header);
        this.columns = new ListColumns(file, headerless == null ? header : headerless.columns());
        this.areaColumn = headerless == null ? indexOf("areacode") : headerless.areaColumn();
        this.phoneColumns = headerless == null
                ? columns.phones(format.phoneColumn())
                : headerless.phoneColumns(header, format.phoneColumn());
        if (headerless == null) {
            firstRow = null;
        }
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws CsvException when the file is not there, not readable, no text, in an encoding that is not certain, empty, or
     *     has no column of numbers
     */
    public static CsvList open(Path file, ListFormat format) throws CsvException {
        if (!Files.exists(file)) {
            throw new CsvException(file + " does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new CsvException(file + " is not a file");
        }
        Counting counting = null;
        try {
            Charset encoding = ListEncoding.of(file, format);
            counting = new Counting(Files.newInputStream(file));
            BufferedReader reader = new BufferedReader(ListEncoding.strict(counting, encoding), BUFFER);
            char delimiter = delimiter(reader);
            CSVFormat csv = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(delimiter)
                    .setIgnoreEmptyLines(true)
                    .get();
            return new CsvList(file, counting, CSVParser.parse(reader, csv), delimiter, encoding, format);
        } catch (IOException e) {
            closeQuietly(counting);
            throw new CsvException(file + " cannot be read: " + FileFault.reason(e), e);
        } catch (CsvException | RuntimeException e) {
            closeQuietly(counting);
            throw e;
        }
    }

    /** Returns the first line that may be a header; a title, which has one cell only, may be above it. */
    private List<String> header(ListFormat format) throws CsvException {
        List<String> first = null;
        for (int i = 0; i < MOST_TITLES; i++) {
            CSVRecord record = next();
            if (record == null) {
                break;
            }
            firstRow = record;
            List<String> names = names(record);
            first = first == null ? names : first;
            boolean isTitle = names.stream().filter(name -> !name.isEmpty()).count() == 1
                    && names.stream().allMatch(name -> ListWords.phoneRank(name) == 0)
                    && format.phoneColumn() == null
                    && Headerless.of(names) == null;
            if (!isTitle) {
                return names;
            }
        }
        if (first == null) {
            throw new CsvException(file + " is empty: the first line must name the columns, one of them phone");
        }
        return first;
    }

    /** @return null where the file has a header, which it should have unless the user says that it has none */
    private @Nullable Headerless headerless(List<String> firstLine) throws CsvException {
        String wanted = format.phoneColumn();
        boolean isNamed = firstLine.stream()
                .anyMatch(cell -> ListWords.phoneRank(cell) > 0
                        || (cell.equalsIgnoreCase(wanted) && Headerless.of(List.of(cell)) == null));
        Headerless found = isNamed ? null : Headerless.of(firstLine);
        if (found != null && !format.headerless()) {
            throw new CsvException(
                    file + " line " + line + " has a number where the header should be: put a line above it"
                            + " that names the columns, one of them phone, or say --no-header");
        }
        if (found == null && format.headerless()) {
            throw new CsvException(file + " line " + line
                    + " has no number, so it cannot be seen which column has them: put a header above, or mend"
                    + " that line");
        }
        return found;
    }

    /** Returns the columns' names; cells behind the last named one do not count. */
    private static List<String> names(CSVRecord record) {
        List<String> names = new ArrayList<>();
        record.forEach(name -> names.add(name.strip()));
        while (names.size() > 1 && names.getLast().isEmpty()) {
            names.removeLast();
        }
        return List.copyOf(names);
    }

    private static void closeQuietly(@Nullable Counting counting) {
        try {
            if (counting != null) {
                counting.close();
            }
        } catch (IOException e) {
            // The first error says more.
        }
    }

    /** Skips a byte-order mark and a spreadsheet's line {@code sep=;}, and looks at the first line that has separators. */
    private static char delimiter(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        reader.mark(BUFFER);
        char[] start = new char[BUFFER - 1];
        int length = Math.max(0, reader.read(start));
        reader.reset();
        String text = new String(start, 0, length);
        Matcher told = SEPARATOR_LINE.matcher(text);
        if (told.lookingAt()) {
            reader.skip(told.end());
            return told.group(1).charAt(0);
        }
        for (String line : text.split("[\\r\\n]+", MOST_TITLES + 1)) {
            char found = ',';
            for (char separator : new char[] {';', '\t', '|'}) {
                found = count(line, separator) > count(line, found) ? separator : found;
            }
            if (count(line, found) > 0) {
                return found;
            }
        }
        return ',';
    }

    private static long count(String line, char separator) {
        return line.lines()
                .findFirst()
                .orElse("")
                .chars()
                .filter(c -> c == separator)
                .count();
    }

    /** Returns the first column of that meaning, see {@link ListColumns#indexOf}; −1 for none. */
    public int indexOf(String name) {
        return columns.indexOf(name);
    }

    public List<String> columns() {
        return columns.names();
    }

    /** Returns the columns of numbers, the first one first; several where their headers say so equally clearly. */
    public List<Integer> phoneColumns() {
        return phoneColumns;
    }

    /**
     * Returns the one column of numbers.
     *
     * @throws CsvException with a question, where several may be the one
     */
    public int phoneColumn() throws CsvException {
        return columns.only(phoneColumns);
    }

    /** Returns the column of area codes that belong in front of the numbers; −1 for none. */
    public int areaColumn() {
        return areaColumn;
    }

    /** Returns the character that separates the cells. */
    public char delimiter() {
        return delimiter;
    }

    /** Opens the same file from its beginning, in the same way. */
    CsvList again() throws CsvException {
        return open(file, format);
    }

    /** Returns the encoding of the file's characters. */
    public Charset encoding() {
        return encoding;
    }

    /** Whether a row has more values than there are columns; empty values behind the last column do not count. */
    public boolean isTooLong(CSVRecord row) {
        for (int i = columns.names().size(); i < row.size(); i++) {
            if (!row.get(i).isBlank()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the next row, or null at the end.
     *
     * @throws CsvException where the file is no CSV any more, with the line
     */
    public @Nullable CSVRecord nextRow() throws CsvException {
        CSVRecord row = firstRow == null ? next() : firstRow;
        firstRow = null;
        if (row != null) {
            rows++;
        }
        return row;
    }

    private @Nullable CSVRecord next() throws CsvException {
        try {
            long before = parser.getCurrentLineNumber();
            if (!records.hasNext()) {
                return null;
            }
            CSVRecord row = records.next();
            line = Math.max(before + 1, parser.getCurrentLineNumber() - linesIn(row));
            return row;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new CsvException(file + fault(e), e);
        }
    }

    private String fault(RuntimeException e) {
        String message = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
        Matcher open = OPEN_QUOTE.matcher(message);
        if (open.find()) {
            return " line " + open.group(1)
                    + ": a quote is not closed; close it, or double it where it is meant as text";
        }
        return " line " + (parser.getCurrentLineNumber() + 1) + " is no CSV: " + message;
    }

    private static long linesIn(CSVRecord row) {
        long breaks = 0;
        for (String value : row) {
            breaks += value.chars().filter(c -> c == '\n').count();
        }
        return breaks;
    }

    /** Returns a row's value without surrounding space; empty where the row is too short or the column is −1. */
    public static String value(CSVRecord row, int column) {
        return column < 0 || column >= row.size() ? "" : row.get(column).strip();
    }

    /** Returns the line of the file that the last row began on, 1 being the header's. */
    public long line() {
        return line;
    }

    public long rows() {
        return rows;
    }

    public long bytesRead() {
        return counting.count;
    }

    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public void close() throws CsvException {
        try {
            parser.close();
        } catch (IOException e) {
            throw new CsvException(file + " cannot be closed: " + e.getMessage(), e);
        }
    }

    private static final class Counting extends FilterInputStream {
        long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
