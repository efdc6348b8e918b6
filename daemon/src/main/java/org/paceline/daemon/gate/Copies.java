package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.h2.engine.Constants;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.Disk;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes copies of the database while it is written. A copy has all rows as they were after one record; while it is
 * made, the rows are compared with the sums that the log has kept of them, and then it is read back. Only after that do
 * older records go: those that the copy before it already has, so that one copy may be bad.
 *
 * <p>Thread: one at a time.
 */
public final class Copies {
    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    /** The copies that stay. */
    private static final int KEPT = 2;

    private final Gate gate;
    private final Disk disk;
    private final DataSource source;
    private final LongSupplier clock;

    /**
     * A copy that was made.
     *
     * @param place its whole path
     * @param number the last record that is in it
     * @param rows of all tables
     * @param bytes of the file
     * @param millis it took
     */
    public record Made(String place, long number, long rows, long bytes, long millis) {
        String toText() {
            return number + "\n" + rows + "\n" + bytes + "\n" + millis + "\n" + place;
        }

        /** Reads what {@link #toText} wrote in another process. */
        public static Made parse(String text) {
            String[] part = text.split("\n", 5);
            return new Made(
                    part[4],
                    Long.parseLong(part[0]),
                    Long.parseLong(part[1]),
                    Long.parseLong(part[2]),
                    Long.parseLong(part[3]));
        }
    }

    /** @param clock epoch milliseconds */
    Copies(Gate gate, Disk disk, DataSource source, LongSupplier clock) {
        this.gate = gate;
        this.disk = disk;
        this.source = source;
        this.clock = clock;
    }

    /** Whether anything was written since the newest copy. */
    public boolean isDue() throws IOException {
        List<String> copies = Copy.names(disk);
        return copies.isEmpty() || Copy.numberOf(copies.getLast()) < gate.redo().last();
    }

    /**
     * Makes a copy.
     *
     * @throws BadDatabaseException when the tables are not what the log says they should be
     */
    public synchronized Made make() throws SQLException, IOException {
        long begun = System.nanoTime();
        RedoLog redo = gate.redo();
        redo.force(redo.last()); // most of it now, so that the turn below is short
        try (Connection connection = source.getConnection()) {
            connection.setTransactionIsolation(Constants.TRANSACTION_SNAPSHOT);
            connection.setAutoCommit(false);
            Gate.Still still = gate.still(() -> {
                try (Statement look = connection.createStatement()) {
                    look.executeQuery("SELECT last_record FROM redo_state").close();
                }
            });
            Made made = write(connection, still, begun);
            connection.rollback();
            forgetOld();
            LOG.info(
                    "event=database-copied file={} record={} rows={} bytes={} millis={}",
                    made.place,
                    made.number,
                    made.rows,
                    made.bytes,
                    made.millis);
            return made;
        }
    }

    private Made write(Connection connection, Gate.Still still, long begun) throws SQLException, IOException {
        StoreShape shape = gate.shape();
        List<TableShape> tables = shape.tables();
        String name = Copy.name(still.number());
        try (Copy.Writer writer =
                new Copy.Writer(disk, name, new Copy.Head(shape, still.number(), clock.getAsLong()))) {
            for (int i = 0; i < tables.size(); i++) {
                Tables.scan(connection, tables.get(i), i, writer::add);
            }
            String difference = still.sums().difference(writer.sums(), tables);
            if (!difference.isEmpty()) {
                throw new BadDatabaseException("at record " + still.number() + " " + difference);
            }
            writer.finish();
            long rows = 0;
            for (int i = 0; i < tables.size(); i++) {
                rows += writer.sums().count(i);
            }
            return new Made(
                    disk.place(name),
                    still.number(),
                    rows,
                    writer.bytes(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
    }

    private void forgetOld() throws SQLException, IOException {
        List<String> copies = Copy.names(disk);
        for (int i = 0; i < copies.size() - KEPT; i++) {
            disk.delete(copies.get(i));
        }
        if (copies.size() >= KEPT) {
            gate.drop(Copy.numberOf(copies.get(copies.size() - KEPT)));
        }
    }
}
