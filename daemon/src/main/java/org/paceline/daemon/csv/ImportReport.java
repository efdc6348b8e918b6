package org.paceline.daemon.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The result of a file's rows: {@code rows = added + duplicates + known + rejected}.
 *
 * @param rows data rows read
 * @param added new in the database
 * @param duplicates numbers that were earlier in the same file
 * @param known numbers that the database had already
 * @param rejected rows that could not be used
 * @param encoding the encoding of the file's characters, as detected or given
 * @param rejectedFile the file with the rejected rows, or null when there are none
 */
public record ImportReport(
        long rows,
        long added,
        long duplicates,
        long known,
        long rejected,
        Charset encoding,
        @Nullable Path rejectedFile) {
    /** Makes a report of a file in UTF-8. */
    public ImportReport(
            long rows, long added, long duplicates, long known, long rejected, @Nullable Path rejectedFile) {
        this(rows, added, duplicates, known, rejected, StandardCharsets.UTF_8, rejectedFile);
    }
}
