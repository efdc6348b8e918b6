package org.paceline.daemon.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file's rows: {@code rows = added + duplicates + known + rejected}.
 *
 * @param rows data rows read
 * @param added new in the database
 * @param duplicates numbers that stood earlier in the same file
 * @param known numbers that the database had already
 * @param rejected rows that could not be used
 * @param encoding how the file's characters were encoded, as found out or told
 * @param rejectedFile where the rejected rows are told, or null when there are none
 */
public record ImportReport(
        long rows,
        long added,
        long duplicates,
        long known,
        long rejected,
        Charset encoding,
        @Nullable Path rejectedFile) {
    /** Of a file in UTF-8. */
    public ImportReport(
            long rows, long added, long duplicates, long known, long rejected, @Nullable Path rejectedFile) {
        this(rows, added, duplicates, known, rejected, StandardCharsets.UTF_8, rejectedFile);
    }
}
