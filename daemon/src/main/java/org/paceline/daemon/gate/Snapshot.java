package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.Disk;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;
import org.paceline.daemon.redo.TableSums;

/** Writes all rows that a connection sees into a copy. */
final class Snapshot {
    /** What a copy must leave free, as the redo log needs it to go on. */
    private static final long LEAST_FREE_BYTES = 64L << 20;

    private static final long MEBI = 1 << 20;

    private Snapshot() {}

    /** Says whether to go on. */
    @FunctionalInterface
    interface Going {
        /** @throws IOException where nobody wants the copy any more */
        void require() throws IOException;
    }

    /** What was written. */
    record Written(String name, TableSums sums, long bytes) {}

    /**
     * Writes the copy, and reads it back.
     *
     * @param number the last record that the rows have
     * @param expected what the log says of the rows, or null where it says nothing yet
     * @param going throws where the copy is no longer wanted; asked at each row
     * @throws BadDatabaseException when the rows are not what was expected
     */
    static Written write(
            Connection connection, Disk disk, StoreShape shape, long number, @Nullable TableSums expected, Going going)
            throws SQLException, IOException {
        List<TableShape> tables = shape.tables();
        String name = Copy.name(number);
        Copy.Head head = new Copy.Head(shape, number, System.currentTimeMillis());
        try (Copy.Writer writer = new Copy.Writer(disk, name, head)) {
            for (int i = 0; i < tables.size(); i++) {
                Tables.scan(connection, tables.get(i), i, (table, row) -> {
                    going.require();
                    add(writer, disk, table, row);
                });
            }
            TableSums sums = writer.sums();
            String difference = expected == null ? "" : expected.difference(sums, tables);
            if (!difference.isEmpty()) {
                throw new BadDatabaseException("at record " + number + " " + difference);
            }
            writer.finish();
            return new Written(name, sums, writer.bytes());
        }
    }

    private static void add(Copy.Writer writer, Disk disk, int table, byte[] row) throws IOException {
        long before = writer.bytes() / LEAST_FREE_BYTES;
        writer.add(table, row);
        if (writer.bytes() / LEAST_FREE_BYTES != before) {
            requireRoom(disk, 0);
        }
    }

    /** @param bytes that a copy takes */
    static void requireRoom(Disk disk, long bytes) throws IOException {
        long free = disk.freeBytes();
        if (free < bytes + LEAST_FREE_BYTES) {
            throw new IOException("the disk of " + disk + " has " + free / MEBI + " MiB free, a copy takes about "
                    + (bytes / MEBI + 1) + " MiB, and " + LEAST_FREE_BYTES / MEBI + " MiB must stay free; make room");
        }
    }
}
