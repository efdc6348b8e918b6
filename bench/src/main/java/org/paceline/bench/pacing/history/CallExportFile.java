package org.paceline.bench.pacing.history;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.BenchException;
import org.paceline.daemon.calls.CallExport;
import org.paceline.daemon.csv.CsvOutput;
import org.paceline.dialer.call.Outcome;

/** Reads what {@code paceline calls export} writes. Calls that were never dialled, or have not ended, are left out. */
public final class CallExportFile {
    private final Path file;
    private final Map<String, String> texts = new HashMap<>();

    private CallExportFile(Path file) {
        this.file = file;
    }

    /** @throws BenchException with one line: file, line, column, what is wrong and what would be right */
    public static List<PastCall> read(Path file) throws BenchException {
        return new CallExportFile(file).read();
    }

    private List<PastCall> read() throws BenchException {
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = CSVParser.parse(reader, CSVFormat.DEFAULT)) {
            List<PastCall> calls = new ArrayList<>();
            boolean isHeader = true;
            for (CSVRecord row : parser) {
                if (isHeader) {
                    requireHeader(row);
                    isHeader = false;
                } else {
                    PastCall call = call(row, parser.getCurrentLineNumber());
                    if (call != null) {
                        calls.add(call);
                    }
                }
            }
            if (isHeader) {
                throw new BenchException(file + ": is empty: must be what 'paceline calls export' writes");
            }
            return calls;
        } catch (NoSuchFileException e) {
            throw new BenchException(file + ": no such file", e);
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(new IOException(e));
        }
    }

    private BenchException unreadable(IOException e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String reason = inner instanceof CharacterCodingException ? "is not UTF-8" : String.valueOf(inner.getMessage());
        return new BenchException(file + ": cannot be read: " + reason, e);
    }

    private void requireHeader(CSVRecord row) throws BenchException {
        List<String> header = row.toList();
        for (int i = 0; i < CallExport.COLUMNS.size(); i++) {
            String expected = CallExport.COLUMNS.get(i);
            if (i >= header.size() || !header.get(i).equals(expected)) {
                throw new BenchException(file + ":1: column " + (i + 1) + " must be '" + expected + "'; is "
                        + (i >= header.size() ? "missing" : "'" + header.get(i) + "'")
                        + "; the file must be what 'paceline calls export' writes");
            }
        }
        if (header.size() > CallExport.COLUMNS.size()) {
            throw new BenchException(file + ":1: has " + header.size() + " columns: must have "
                    + CallExport.COLUMNS.size() + ", as 'paceline calls export' writes them");
        }
    }

    private @Nullable PastCall call(CSVRecord row, long line) throws BenchException {
        if (row.size() != CallExport.COLUMNS.size()) {
            throw new BenchException(
                    file + ":" + line + ": has " + row.size() + " values: must have " + CallExport.COLUMNS.size());
        }
        String outcome = value(row, "outcome");
        PastCall call = new PastCall(
                shared(value(row, "campaign")),
                orNull(value(row, "segment")),
                time(row, line, "dialled"),
                time(row, line, "ringing"),
                time(row, line, "answered"),
                time(row, line, "connected"),
                time(row, line, "ended"),
                outcome.isEmpty() ? Outcome.INTERRUPTED : outcome(outcome, line),
                orNull(value(row, "agent")),
                seconds(row, line, "wrapUpSeconds"));
        if (outcome.isEmpty() || call.dialled() == 0 || call.ended() == 0) {
            return null;
        }
        requireOrder(call, line);
        return call;
    }

    private void requireOrder(PastCall call, long line) throws BenchException {
        String[] names = {"dialled", "ringing", "answered", "connected", "ended"};
        long[] times = {call.dialled(), call.ringing(), call.answered(), call.connected(), call.ended()};
        int last = 0;
        for (int i = 1; i < times.length; i++) {
            if (times[i] != 0) {
                if (times[i] < times[last]) {
                    throw new BenchException(file + ":" + line + ": " + names[i] + ": must not be before " + names[last]
                            + "; is " + Instant.ofEpochMilli(times[i]) + ", before "
                            + Instant.ofEpochMilli(times[last]));
                }
                last = i;
            }
        }
    }

    private Outcome outcome(String text, long line) throws BenchException {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(text)) {
                return outcome;
            }
        }
        throw new BenchException(file + ":" + line + ": outcome: must be one of "
                + Arrays.stream(Outcome.values()).map(Outcome::name).collect(Collectors.joining(", ")) + "; is '" + text
                + "'");
    }

    private long time(CSVRecord row, long line, String column) throws BenchException {
        String text = value(row, column);
        try {
            return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new BenchException(
                    file + ":" + line + ": " + column
                            + ": must be an instant, for example 2026-11-21T13:00:00Z, or empty; is '" + text + "'",
                    e);
        }
    }

    private double seconds(CSVRecord row, long line, String column) throws BenchException {
        String text = value(row, column);
        if (text.isEmpty()) {
            return Double.NaN;
        }
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw new BenchException(file + ":" + line + ": " + column
                    + ": must be seconds, for example 12.5, or empty; is '" + text + "'");
        }
        return Double.parseDouble(text);
    }

    private static String value(CSVRecord row, String column) {
        return CsvOutput.original(row.get(CallExport.COLUMNS.indexOf(column)));
    }

    private @Nullable String orNull(String text) {
        return text.isEmpty() ? null : shared(text);
    }

    /** Returns one object for equal texts, because there are millions. */
    private String shared(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }
}
