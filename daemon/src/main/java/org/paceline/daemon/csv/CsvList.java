package org.paceline.daemon.csv;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header and a column of telephone numbers, read row by row. UTF-8 with or without a byte-order mark;
 * separated by commas, semicolons or tabs, as the header shows.
 *
 * <p>Thread: the importing one.
 */
public final class CsvList implements AutoCloseable {
    private static final Set<String> PHONE_NAMES = Set.of(
            "phone",
            "phonenumber",
            "phoneno",
            "number",
            "telephone",
            "telephonenumber",
            "tel",
            "mobile",
            "mobilenumber",
            "cell",
            "cellphone",
            "msisdn",
            "e164");
    private static final Pattern OPEN_QUOTE = Pattern.compile("\\(startline (\\d+)\\) EOF reached");
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final long totalBytes;
    private final Counting counting;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> columns;
    private final int phoneColumn;
    private long rows;
    private long line;

    private CsvList(Path file, long totalBytes, Counting counting, CSVParser parser, @Nullable String phoneColumn)
            throws CsvException {
        this.file = file;
        this.totalBytes = totalBytes;
        this.counting = counting;
        this.parser = parser;
        this.records = parser.iterator();
        CSVRecord header = next();
        if (header == null) {
            throw new CsvException(file + " is empty: the first line must name the columns, one of them phone");
        }
        List<String> names = new ArrayList<>();
        header.forEach(name -> names.add(name.strip()));
        this.columns = List.copyOf(names);
        this.phoneColumn = findPhone(phoneColumn);
    }

    /**
     * Opens a file and reads its header.
     *
     * @param phoneColumn the header of the column of numbers, or null to find it by its usual names
     * @throws CsvException when the file is not there, not readable, empty, or has no such column
     */
    public static CsvList open(Path file, @Nullable String phoneColumn) throws CsvException {
        if (!Files.exists(file)) {
            throw new CsvException(file + " does not exist");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CsvException(file + " is not a file that can be read");
        }
        Counting counting = null;
        try {
            counting = new Counting(Files.newInputStream(file));
            BufferedReader reader = new BufferedReader(new InputStreamReader(counting, StandardCharsets.UTF_8), BUFFER);
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(delimiter(reader))
                    .setIgnoreEmptyLines(true)
                    .get();
            return new CsvList(file, Files.size(file), counting, CSVParser.parse(reader, format), phoneColumn);
        } catch (IOException e) {
            closeQuietly(counting);
            throw new CsvException(file + " cannot be read: " + e.getMessage(), e);
        } catch (CsvException | RuntimeException e) {
            closeQuietly(counting);
            throw e;
        }
    }

    private static void closeQuietly(@Nullable Counting counting) {
        try {
            if (counting != null) {
                counting.close();
            }
        } catch (IOException e) {
            // The first error tells more.
        }
    }

    /** Skips a byte-order mark and looks at the header line. */
    private static char delimiter(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        reader.mark(BUFFER);
        int commas = 0;
        int semicolons = 0;
        int tabs = 0;
        for (int i = 0; i < BUFFER - 1; i++) {
            int c = reader.read();
            if (c < 0 || c == '\n' || c == '\r') {
                break;
            }
            commas += c == ',' ? 1 : 0;
            semicolons += c == ';' ? 1 : 0;
            tabs += c == '\t' ? 1 : 0;
        }
        reader.reset();
        if (tabs > commas && tabs >= semicolons) {
            return '\t';
        }
        return semicolons > commas ? ';' : ',';
    }

    private int findPhone(@Nullable String wanted) throws CsvException {
        if (wanted != null) {
            int index = indexOf(wanted);
            if (index < 0) {
                throw new CsvException(file + " has no column " + wanted + ": its columns are " + columnList());
            }
            return index;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (PHONE_NAMES.contains(plain(columns.get(i)))) {
                return i;
            }
        }
        throw new CsvException(file + " has no phone column: its columns are " + columnList()
                + "; name one of them phone, or say which it is");
    }

    private String columnList() {
        return String.join(", ", columns);
    }

    /** The column of that header, written in any case and with any separators; −1 for none. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (plain(columns.get(i)).equals(plain(name))) {
                return i;
            }
        }
        return -1;
    }

    private static String plain(String header) {
        StringBuilder plain = new StringBuilder(header.length());
        header.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    public List<String> columns() {
        return columns;
    }

    public int phoneColumn() {
        return phoneColumn;
    }

    /**
     * The next row, or null at the end.
     *
     * @throws CsvException where the file is no CSV any more, with the line
     */
    public @Nullable CSVRecord nextRow() throws CsvException {
        CSVRecord row = next();
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

    /** A row's value without surrounding space; empty where the row is too short or the column −1. */
    public static String value(CSVRecord row, int column) {
        return column < 0 || column >= row.size() ? "" : row.get(column).strip();
    }

    /** The line of the file that the last row began on, 1 being the header's. */
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
