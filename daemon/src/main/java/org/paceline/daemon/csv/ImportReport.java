package org.paceline.daemon.csv;

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
 * @param rejectedFile where the rejected rows are told, or null when there are none
 */
public record ImportReport(
        long rows,
        long added,
        long duplicates,
        long known,
        long rejected,
        @Nullable Path rejectedFile) {}
