package org.paceline.daemon.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ImportReport;
import org.paceline.daemon.database.OpeningErrors;

/** Shows an import: a bar on a terminal while it runs, a line at its end. */
final class ImportTerminal implements ImportProgress {
    private final @Nullable ProgressBar bar;
    private long rowsDone;

    /** @param err where the bar is drawn, if it is a terminal */
    ImportTerminal(PrintWriter err) {
        this(ProgressBar.isTerminal() ? ProgressBar.start(err, "rows") : null);
    }

    ImportTerminal(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    @Override
    public void at(long rows, long bytes, long totalBytes) {
        rowsDone = rows;
        if (bar != null) {
            bar.at(totalBytes == 0 ? 1 : (double) bytes / totalBytes, rows);
            if (bytes == totalBytes) {
                bar.end();
            }
        }
    }

    /** Makes the error for a database that failed, perhaps because the daemon that had it open has gone. */
    CommandFailed cutOff(String command, Exception e) {
        if (bar != null) {
            bar.end();
        }
        return new CommandFailed(command + ": stopped after " + rowsDone
                + " rows, which are imported, as the database failed: " + OpeningErrors.firstLine(e)
                + "; run the same command again for the rest, nothing is added twice");
    }

    /** Refuses a file of which nothing could be used, because that is no success. */
    static void refuseUseless(String command, ImportReport report, @Nullable String region) {
        if (report.rows() > 0 && report.added() + report.known() == 0) {
            throw new CommandFailed(command + ": not one of " + report.rows() + " rows could be used; see "
                    + report.rejectedFile() + (region == null ? "; numbers without + need --region" : ""));
        }
    }

    /** @param further counts, {@code name=1}, or nothing */
    static void end(ImportReport report, String further, PrintWriter out) {
        out.println("rows=" + report.rows() + " added=" + report.added() + " duplicates=" + report.duplicates()
                + " known=" + report.known() + " rejected=" + report.rejected()
                + (further.isEmpty() ? "" : " " + further)
                + (report.encoding().equals(StandardCharsets.UTF_8) ? "" : " encoding=" + report.encoding())
                + (report.rejectedFile() == null ? "" : " rejected-file=" + report.rejectedFile()));
        out.flush();
    }
}
