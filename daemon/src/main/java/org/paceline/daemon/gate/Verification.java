package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.h2.engine.Constants;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.Disk;
import org.paceline.daemon.redo.TableSums;

/**
 * Reads everything that the storage has, and says what is whole and what is not. Works while the database is written.
 *
 * <p>Thread: any.
 */
public final class Verification {
    private final Gate gate;
    private final Disk disk;
    private final DataSource source;

    /** What is verified. */
    public enum Part {
        /** Every record of the log. */
        LOG,
        /** Every copy. */
        COPIES,
        /** The sums of every table. */
        TABLES
    }

    /**
     * What was found.
     *
     * @param whole whether nothing is wrong
     * @param lines what was read, a line each
     */
    public record Found(boolean whole, List<String> lines) {
        String toText() {
            return whole + "\n" + String.join("\n", lines);
        }

        /** Reads what {@link #toText} wrote in another process. */
        public static Found parse(String text) {
            List<String> all = text.lines().toList();
            return new Found(Boolean.parseBoolean(all.getFirst()), all.subList(1, all.size()));
        }
    }

    Verification(Gate gate, Disk disk, DataSource source) {
        this.gate = gate;
        this.disk = disk;
        this.source = source;
    }

    public Found verify(Part part) throws SQLException, IOException {
        return switch (part) {
            case LOG -> log();
            case COPIES -> copies();
            case TABLES -> tables();
        };
    }

    private Found log() throws IOException {
        long first = gate.redo().first();
        long last = gate.redo().last();
        long[] read = new long[2];
        Map<String, Long> rows = new TreeMap<>();
        try {
            gate.redo().read(first, (shape, record) -> {
                read[0]++;
                record.changes()
                        .forEach(change ->
                                rows.merge(shape.tables().get(change.table()).name(), 1L, Long::sum));
                read[1] = record.number();
            });
        } catch (DamageException e) {
            return new Found(false, List.of(e.getMessage()));
        }
        long changes = rows.values().stream().mapToLong(Long::longValue).sum();
        return new Found(
                true,
                List.of(
                        last < first
                                ? "redo log: no record since the last copy"
                                : "redo log: records " + first + " to " + read[1] + " whole, " + changes
                                        + " changes of rows"));
    }

    private Found copies() throws IOException {
        List<String> lines = new ArrayList<>();
        boolean whole = true;
        for (String copy : Copy.names(disk)) {
            try {
                TableSums sums = Copy.read(disk, copy, (_, _) -> {});
                lines.add("copy " + disk.place(copy) + ": whole, " + sums.rows() + " rows");
            } catch (DamageException e) {
                whole = false;
                lines.add(e.getMessage());
            }
        }
        return new Found(whole, lines.isEmpty() ? List.of("copies: none yet") : lines);
    }

    private Found tables() throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            connection.setTransactionIsolation(Constants.TRANSACTION_SNAPSHOT);
            connection.setAutoCommit(false);
            Gate.Still still = gate.still(() -> {
                try (Statement look = connection.createStatement()) {
                    look.executeQuery("SELECT last_record FROM redo_state").close();
                }
            });
            TableSums found = Tables.sums(connection, gate.shape().tables());
            connection.rollback();
            String difference = still.sums().difference(found, gate.shape().tables());
            return difference.isEmpty()
                    ? new Found(
                            true,
                            List.of("tables: " + gate.shape().tables().size() + " tables with " + found.rows()
                                    + " rows are what the log says"))
                    : new Found(false, List.of(difference));
        }
    }
}
