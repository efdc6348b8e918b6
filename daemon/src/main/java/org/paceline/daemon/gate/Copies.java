package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.Disk;
import org.paceline.daemon.redo.LogExtent;
import org.paceline.daemon.redo.RedoLog;
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
    private final Opening opening;
    private @Nullable Made newest;
    private volatile boolean isCancelled;

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

    Copies(Gate gate, Disk disk, DataSource source, Opening opening) {
        this.gate = gate;
        this.disk = disk;
        this.source = source;
        this.opening = opening;
    }

    /** Returns what was found amiss when the database was opened. Thread: any. */
    public Opening opening() {
        return opening;
    }

    /** Ends a copy under way early with an exception, and any later one: the daemon stops. Thread: any. */
    public void cancel() {
        isCancelled = true;
    }

    private void requireWanted() throws IOException {
        if (isCancelled) {
            throw new IOException("the copy was cancelled, because the daemon stops");
        }
    }

    /** Returns what the redo log holds. Thread: any. */
    public LogExtent log() throws IOException {
        return LogExtent.of(disk, gate.redo().last());
    }

    /**
     * Returns the newest copy, which is made now if anything was written since, or if the one before cannot be read.
     *
     * @throws BadDatabaseException as {@link #make}
     */
    public synchronized Made refresh() throws SQLException, IOException {
        Made known = newest == null ? readNewest(gate.redo().last()) : newest;
        if (known == null || known.number < gate.redo().last()) {
            return make();
        }
        newest = known;
        return known;
    }

    /** Reads the newest copy, if it has all up to a record. */
    private @Nullable Made readNewest(long last) throws IOException {
        List<String> copies = Copy.names(disk);
        if (copies.isEmpty() || Copy.numberOf(copies.getLast()) < last) {
            return null;
        }
        String name = copies.getLast();
        long begun = System.nanoTime();
        try {
            long rows = Copy.read(disk, name, (_, _) -> {}).rows();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            return new Made(disk.place(name), last, rows, disk.length(name), millis);
        } catch (DamageException e) {
            LOG.error("event=copy-damaged reason=\"{}\" effect=\"another one is made\"", e.getMessage());
            return null;
        }
    }

    /**
     * Makes a copy.
     *
     * @throws BadDatabaseException when the tables are not what the log says they should be
     */
    public synchronized Made make() throws SQLException, IOException {
        long begun = System.nanoTime();
        Snapshot.requireRoom(disk, newest == null ? 0 : newest.bytes);
        RedoLog redo = gate.redo();
        redo.force(redo.last()); // most of it now, so that the turn below is short
        try (Connection connection = source.getConnection()) {
            Gate.Still still = gate.still(connection);
            Snapshot.Written written =
                    Snapshot.write(connection, disk, gate.shape(), still.number(), still.sums(), this::requireWanted);
            connection.rollback();
            Made made = new Made(
                    disk.place(written.name()),
                    still.number(),
                    written.sums().rows(),
                    written.bytes(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            newest = made;
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
