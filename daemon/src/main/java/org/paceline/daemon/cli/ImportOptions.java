package org.paceline.daemon.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.RejectedRows;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that all imports of lists share. */
final class ImportOptions {

    @Parameters(paramLabel = "FILE.csv", description = "The list: a header line, a column of telephone numbers.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path file;

    @Option(
            names = "--phone-column",
            paramLabel = "NAME",
            description = "Header, or position from 1 on, of the column of numbers; default: found by its name.")
    private @Nullable String phoneColumn;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "The file's character encoding, as GB18030 or windows-1252; default: found out.")
    private @Nullable String encoding;

    @Option(names = "--no-header", description = "The first line is a row, as in registries' files.")
    private boolean headerless;

    @Option(names = "--region", paramLabel = "CODE", description = "Country of numbers without their code, as US.")
    private @Nullable String region;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "Where rejected rows are told; default: FILE.rejected.csv beside the list.")
    private @Nullable Path rejected;

    ListFormat format() {
        return new ListFormat(phoneColumn, encoding, region, headerless);
    }

    Path rejected() {
        return rejected == null ? RejectedRows.besides(file) : rejected;
    }
}
