package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.Disk;
import org.paceline.daemon.redo.TableShape;
import org.paceline.daemon.redo.TableSums;

/**
 * Reads everything that the storage has, and says what is whole and what is not. Works while the database is written.
 *
 * <p>Thread: any.
 */
public final class Verification {
    private static final String SOUND = "+";
    private static final String FAULT = "-";

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
     * What was found, a line each.
     *
     * @param sound what is whole
     * @param faults what is wrong
     */
    public record Found(List<String> sound, List<String> faults) {
        static Found sound(String... lines) {
            return new Found(List.of(lines), List.of());
        }

        static Found fault(@Nullable String line) {
            return new Found(List.of(), List.of(String.valueOf(line)));
        }

        /** Whether nothing is wrong. */
        public boolean whole() {
            return faults.isEmpty();
        }

        String toText() {
            return Stream.concat(
                            sound.stream().map(line -> SOUND + line),
                            faults.stream().map(line -> FAULT + line))
                    .collect(Collectors.joining("\n"));
        }

        /** Reads what {@link #toText} wrote in another process. */
        public static Found parse(String text) {
            return new Found(marked(text, SOUND), marked(text, FAULT));
        }

        private static List<String> marked(String text, String mark) {
            return text.lines()
                    .filter(line -> line.startsWith(mark))
                    .map(line -> line.substring(mark.length()))
                    .toList();
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
        long[] changes = new long[1];
        try {
            gate.redo()
                    .read(first, (_, record) -> changes[0] += record.changes().size());
        } catch (DamageException e) {
            return Found.fault(e.getMessage());
        }
        return Found.sound(
                last < first
                        ? "redo log: no record since the newest copy"
                        : "redo log: records " + first + " to " + last + " whole, " + changes[0] + " changes of rows");
    }

    private Found copies() throws IOException {
        return copies(disk);
    }

    /** Reads every copy of a folder, also where the database cannot be opened. */
    public static Found copies(Disk disk) throws IOException {
        List<String> sound = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String copy : Copy.names(disk)) {
            try {
                long rows = Copy.read(disk, copy, (_, _) -> {}).rows();
                sound.add("copy " + disk.place(copy) + ": whole, " + rows + " rows");
            } catch (DamageException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return sound.isEmpty() && faults.isEmpty() ? Found.sound("copies: none yet") : new Found(sound, faults);
    }

    private Found tables() throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            Gate.Still still = gate.still(connection);
            List<TableShape> tables = gate.shape().tables();
            TableSums found = Tables.sums(connection, tables);
            connection.rollback();
            List<String> differences = still.sums().differences(found, tables);
            return new Found(differences.isEmpty() ? sound(found, tables) : List.of(), differences);
        }
    }

    private static List<String> sound(TableSums found, List<TableShape> tables) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            if (found.count(i) > 0) {
                lines.add("table " + tables.get(i).name() + ": " + found.count(i) + " rows, as the log says");
            }
        }
        lines.add("all " + tables.size() + " tables: " + found.rows() + " rows");
        return lines;
    }
}
