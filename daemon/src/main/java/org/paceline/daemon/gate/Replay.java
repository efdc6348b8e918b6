package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.RedoRecord;
import org.paceline.daemon.redo.RowChange;
import org.paceline.daemon.redo.RowCodec;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;

/**
 * Gives a database the records that it lacks. Rows are put by their key, so that a record may be applied twice; some of
 * the last records that it should have are applied again, because a killed H2 may have lost a part of them.
 *
 * <p>Thread: the caller's.
 */
final class Replay {
    /** How many records before the database's last one are applied again. */
    static final long AGAIN = 2_000;

    /** Rows that are put in one transaction. */
    private static final int CHUNK = 10_000;

    private final RedoLog redo;
    private final Migrator tables;
    private final List<RowChange> chunk = new ArrayList<>();

    Replay(RedoLog redo, Migrator tables) {
        this.redo = redo;
        this.tables = tables;
    }

    /**
     * Applies what the database lacks, and some of what it has.
     *
     * @return how many records it lacked
     */
    long catchUp(Connection connection) throws SQLException, IOException {
        long has = lastRecord(connection);
        apply(connection, Math.max(redo.first(), has + 1 - AGAIN), has);
        Sequences.raise(connection);
        return redo.last() - has;
    }

    /** Returns the number of the last record that the database has. */
    static long lastRecord(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_record FROM redo_state")) {
            if (!row.next()) {
                throw new SQLException("table redo_state is empty");
            }
            return row.getLong(1);
        }
    }

    /**
     * Applies the records from one on, and brings the tables to the version of each.
     *
     * @param has the last record that the database has; older ones that are of an older version of the tables are left
     *     out
     */
    void apply(Connection connection, long from, long has) throws SQLException, IOException {
        boolean auto = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            apply(from, has, new Put(connection));
        } catch (SQLRuntime e) {
            connection.rollback();
            throw e.sql;
        } finally {
            connection.setAutoCommit(auto);
        }
    }

    private void apply(long from, long has, Put put) throws SQLException, IOException {
        redo.read(from, (shape, record) -> {
            if (!shape.schema().equals(tables.version())) {
                if (record.number() <= has) {
                    return;
                }
                put.flush(record.number() - 1);
                tables.migrateTo(shape.schema());
            }
            put.add(shape, record);
        });
        put.flush(redo.last());
    }

    /** Rows that wait to be put. */
    private final class Put {
        private final Connection connection;
        private @Nullable StoreShape shape;

        Put(Connection connection) {
            this.connection = connection;
        }

        void add(StoreShape of, RedoRecord record) {
            shape = of;
            chunk.addAll(record.changes());
            if (chunk.size() >= CHUNK) {
                flush(record.number());
            }
        }

        void flush(long number) {
            try {
                if (shape != null) {
                    put(connection, shape, chunk);
                }
                Gate.mark(connection, number);
                connection.commit();
                chunk.clear();
            } catch (SQLException e) {
                throw new SQLRuntime(e);
            }
        }
    }

    /** Puts rows as the last of the changes left them: first all go, then those come that are there. */
    static void put(Connection connection, StoreShape shape, List<RowChange> changes) throws SQLException {
        List<RowChange> last = Changes.last(changes);
        for (int table = 0; table < shape.tables().size(); table++) {
            TableShape to = shape.tables().get(table);
            int place = table;
            List<RowChange> rows =
                    last.stream().filter(change -> change.table() == place).toList();
            if (!rows.isEmpty()) {
                delete(connection, to, rows);
                List<byte @Nullable []> now = new ArrayList<>(rows.size());
                rows.forEach(change -> now.add(change.row()));
                insert(connection, to, now);
            }
        }
    }

    private static void delete(Connection connection, TableShape table, List<RowChange> rows) throws SQLException {
        String condition = table.key().stream()
                .map(column -> Tables.quote(table.columns().get(column)) + " = ?")
                .collect(Collectors.joining(" AND "));
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + Tables.quote(table.name()) + " WHERE " + condition)) {
            for (RowChange row : rows) {
                bind(delete, RowCodec.decode(row.key(), table.key().size()));
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** Inserts rows; nulls among them are none. */
    static void insert(Connection connection, TableShape table, List<byte @Nullable []> rows) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + Tables.quote(table.name()) + " ("
                + String.join(", ", Tables.quoted(table.columns())) + ") VALUES (" + marks + ")")) {
            List<@Nullable Object[]> batch = new ArrayList<>(rows.size());
            for (byte[] row : rows) {
                if (row != null) {
                    @Nullable
                    Object[] values = RowCodec.decode(row, table.columns().size());
                    batch.add(values);
                    bind(insert, values);
                    insert.addBatch();
                }
            }
            try {
                insert.executeBatch();
            } catch (BatchUpdateException e) {
                insertInPlaceOfOthers(insert, table, batch, e);
            }
        }
    }

    /** Inserts what the batch could not, because the database has another row with the same unique values. */
    private static void insertInPlaceOfOthers(
            PreparedStatement insert, TableShape table, List<@Nullable Object[]> batch, BatchUpdateException cause)
            throws SQLException {
        if (cause.getErrorCode() != ErrorCode.DUPLICATE_KEY_1) {
            throw cause;
        }
        int[] counts = cause.getUpdateCounts();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == Statement.EXECUTE_FAILED) {
                UniqueValues.clear(insert.getConnection(), table, batch.get(i));
                bind(insert, batch.get(i));
                insert.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** Carries a database error through the reading of the log. */
    private static final class SQLRuntime extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final SQLException sql;

        SQLRuntime(SQLException sql) {
            super(sql);
            this.sql = sql;
        }
    }
}
