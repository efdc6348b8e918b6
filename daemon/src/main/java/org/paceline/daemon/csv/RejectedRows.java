package org.paceline.daemon.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.yaml.FileFault;

/**
 * The file of rejected rows and the reasons. It is made with the first such row, readable by its owner alone.
 *
 * <p>Thread: the importing one.
 */
public final class RejectedRows implements AutoCloseable {
    private static final int LONGEST_VALUE = 40;

    private final Path file;
    private @Nullable BufferedWriter writer;
    private @Nullable CsvOutput rows;
    private long count;

    public RejectedRows(Path file) {
        this.file = file;
    }

    /** Returns the usual place: beside the list, {@code leads.csv} → {@code leads.rejected.csv}. */
    public static Path besides(Path list) {
        String name = list.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return list.resolveSibling((dot < 1 ? name : name.substring(0, dot)) + ".rejected.csv");
    }

    /** @param value the number as in the row; it is masked here */
    public void add(long line, String value, String reason) throws CsvException {
        try {
            if (rows == null) {
                writer = PrivateFiles.newWriter(file);
                rows = new CsvOutput(writer);
                rows.row("line", "value", "reason");
            }
            rows.row(line, masked(value), reason);
            count++;
        } catch (IOException e) {
            throw fault(e);
        }
    }

    public long count() {
        return count;
    }

    /** @return the file, or null when no row was rejected */
    public @Nullable Path fileIfAny() {
        return count == 0 ? null : file;
    }

    /** Keeps at most the first four and the last two letters or digits. */
    static String masked(String value) {
        String shown = value.strip().replaceAll("\\s+", " ");
        if (shown.length() > LONGEST_VALUE) {
            shown = shown.substring(0, LONGEST_VALUE);
        }
        long symbols = shown.chars().filter(Character::isLetterOrDigit).count();
        long head = Math.min(4, symbols / 2);
        long tail = Math.min(2, symbols - head);
        StringBuilder masked = new StringBuilder(shown.length());
        long seen = 0;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                masked.append(c);
                continue;
            }
            seen++;
            masked.append(seen <= head || seen > symbols - tail ? c : '*');
        }
        return masked.toString();
    }

    @Override
    public void close() throws CsvException {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            throw fault(e);
        }
    }

    private CsvException fault(IOException e) {
        return new CsvException(
                "file of rejected rows " + file + " cannot be written: " + FileFault.reason(e)
                        + "; name another place with --rejected and run it again, nothing is added twice",
                e);
    }
}
