package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.Disk;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.SegmentHead;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the rows of an empty database: from the newest copy that can be read, and the records after it.
 *
 * <p>Thread: the caller's.
 */
public final class Rebuild {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final int LOAD_ROWS = 5_000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Disk disk;
    private final RedoLog redo;
    private final Migrator tables;
    private final Connection connection;
    private final List<String> faults = new ArrayList<>();

    /** What the database was made again from. */
    public record Rebuilt(String from, long rows, long records) {}

    /** A copy that was read whole. */
    private record Usable(String name, long rows) {}

    Rebuild(Disk disk, RedoLog redo, Migrator tables, Connection connection) {
        this.disk = disk;
        this.redo = redo;
        this.tables = tables;
        this.connection = connection;
    }

    /** @throws DamageException where no copy and no record can be used */
    Rebuilt run() throws SQLException, IOException {
        Usable copy = newestUsable();
        if (copy != null) {
            return fromCopy(copy);
        }
        if (!redo.isWhole()) {
            faults.add("without a copy, the redo log in " + disk + " is not enough, because it does not begin with the"
                    + " database: name a copy that 'paceline backup' made with: paceline restore");
            throw new DamageException(String.join("; ", faults));
        }
        StoreShape begin = shapeOfFirst();
        tables.migrateTo(begin.schema());
        RedoState.create(connection, begin.store(), 0);
        return replayed("the redo log", 0, 0);
    }

    /** Returns the newest copy that is whole, of this log, and after which no record is missing; or null. */
    private @Nullable Usable newestUsable() throws IOException {
        for (String name : Copy.names(disk).reversed()) {
            try {
                long rows = Copy.read(disk, name, (_, _) -> {}).rows();
                requireRecordsAfter(name);
                return new Usable(name, rows);
            } catch (DamageException e) {
                LOG.error("event=copy-not-usable reason=\"{}\" effect=\"an older one is taken\"", e.getMessage());
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return null;
    }

    private void requireRecordsAfter(String name) throws IOException {
        long number = Copy.numberOf(name);
        SegmentHead head = redo.head();
        if (head == null) {
            return;
        }
        if (!head.shape().store().equals(Copy.head(disk, name).shape().store())) {
            throw new DamageException("copy " + disk.place(name) + " is of another database than the redo log");
        }
        if (redo.last() > number && redo.first() > number + 1) {
            throw new DamageException("copy " + disk.place(name) + " ends at record " + number
                    + ", and the redo log begins only at record " + redo.first());
        }
    }

    /** Returns the tables that the first record, or else the first file, names. */
    private StoreShape shapeOfFirst() throws IOException {
        SegmentHead head = redo.head();
        if (head == null) {
            throw new IllegalStateException("a log without a file");
        }
        StoreShape[] first = {head.shape()};
        redo.read(1, (shape, record) -> {
            if (record.number() == 1) {
                first[0] = shape;
            }
        });
        return first[0];
    }

    private Rebuilt fromCopy(Usable copy) throws SQLException, IOException {
        Copy.Head head = Copy.head(disk, copy.name);
        tables.migrateTo(head.shape().schema());
        RedoState.create(connection, head.shape().store(), head.number());
        long rows = load(head.shape().tables(), copy);
        return replayed(disk.place(copy.name), rows, head.number());
    }

    private long load(List<TableShape> shapes, Usable copy) throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (TableShape table : shapes) {
                statement.executeUpdate("DELETE FROM " + Tables.quote(table.name()));
            }
        }
        RowLoader loader = new RowLoader(shapes, copy.rows);
        Copy.read(disk, copy.name, loader);
        loader.flush();
        connection.setAutoCommit(true);
        return loader.rows;
    }

    private Rebuilt replayed(String from, long rows, long has) throws SQLException, IOException {
        long records = Math.max(0, redo.last() - has);
        if (records > 0) {
            new Replay(redo, tables, () -> {}).apply(connection, has + 1);
        }
        Sequences.raise(connection);
        return new Rebuilt(from, rows, records);
    }

    /** Puts the rows of a copy into the tables. */
    private final class RowLoader implements Copy.Rows {
        private final List<TableShape> shapes;
        private final List<byte @Nullable []> waiting = new ArrayList<>();
        private final long expected;
        private int table;
        private long rows;
        private long toldNanos = System.nanoTime();

        RowLoader(List<TableShape> shapes, long expected) {
            this.shapes = shapes;
            this.expected = expected;
        }

        @Override
        public void row(int of, byte[] row) throws IOException {
            if (of != table || waiting.size() >= LOAD_ROWS) {
                flush();
                table = of;
            }
            waiting.add(row);
        }

        void flush() throws IOException {
            try {
                if (!waiting.isEmpty()) {
                    Replay.insert(connection, shapes.get(table), waiting);
                    connection.commit();
                    rows += waiting.size();
                    waiting.clear();
                    tell();
                }
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        private void tell() {
            long now = System.nanoTime();
            if (now - toldNanos >= TELL_NANOS) {
                toldNanos = now;
                LOG.warn("event=database-rebuild-goes-on rows={} of={}", rows, expected);
            }
        }
    }
}
