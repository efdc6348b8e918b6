package org.paceline.daemon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.paceline.rules.AttemptHistory;

/** Reads earlier attempts to one number from a CSV file with a column {@code at} and perhaps a column {@code kind}. */
final class HistoryFile {
    private static final String AT = "at";
    private static final String KIND = "kind";
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setIgnoreHeaderCase(true)
            .setTrim(true)
            .get();

    private HistoryFile() {}

    /** @throws CommandFailed with file, line and what would be right */
    static AttemptHistory read(Path file) {
        try (CSVParser rows = CSVParser.parse(file, java.nio.charset.StandardCharsets.UTF_8, FORMAT)) {
            List<String> header = rows.getHeaderNames();
            if (header.stream().noneMatch(AT::equalsIgnoreCase)) {
                throw new CommandFailed(
                        file + ":1: no column 'at': the first line must name it, as in 'number,at'; is " + header);
            }
            AttemptHistory history = new AttemptHistory();
            for (CSVRecord row : rows) {
                add(history, file, row);
            }
            return history;
        } catch (IOException | java.io.UncheckedIOException | IllegalArgumentException e) {
            throw new CommandFailed(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static void add(AttemptHistory history, Path file, CSVRecord row) {
        long at = time(file, row);
        history.add(at);
        String kind = row.isSet(KIND) ? row.get(KIND) : "";
        switch (kind) {
            case "", "attempt" -> {}
            case "conversation" -> history.conversation(at);
            case "abandoned" -> history.abandoned(at);
            case "refused" -> history.refused(at);
            default ->
                throw new CommandFailed(file + ":" + (row.getRecordNumber() + 1)
                        + ": kind: must be one of attempt, conversation, abandoned, refused; is '" + kind + "'");
        }
    }

    private static long time(Path file, CSVRecord row) {
        String text = row.isSet(AT) ? row.get(AT) : "";
        Instant at = Times.parse(text);
        if (at == null) {
            throw new CommandFailed(file + ":" + (row.getRecordNumber() + 1) + ": at: must be " + Times.EXPECTED
                    + "; is '" + text + "'");
        }
        return at.toEpochMilli();
    }
}
