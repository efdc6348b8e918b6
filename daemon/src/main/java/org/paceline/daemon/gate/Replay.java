package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.RedoRecord;
import org.paceline.daemon.redo.RowChange;
import org.paceline.daemon.redo.RowCodec;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;

/**
 * Gives a database the records that it lacks. Rows are put by their key, so that a record may be applied twice.
 *
 * <p>Thread: the caller's.
 */
final class Replay {
    /** Rows that are put in one transaction. */
    private static final int CHUNK = 10_000;

    private final RedoLog redo;
    private final Migrator tables;
    private final Runnable step;
    private final List<RowChange> chunk = new ArrayList<>();

    /** @param step runs after each step forward */
    Replay(RedoLog redo, Migrator tables, Runnable step) {
        this.redo = redo;
        this.tables = tables;
        this.step = step;
    }

    /**
     * Applies what the database lacks.
     *
     * @return how many records it lacked
     */
    long catchUp(Connection connection) throws SQLException, IOException {
        RedoState state = RedoState.read(connection);
        if (state == null) {
            throw new SQLException("table redo_state is missing or empty");
        }
        long has = state.last();
        apply(connection, has + 1);
        Sequences.raise(connection);
        return redo.last() - has;
    }

    /** Applies the records from one on, and brings the tables to the version of each. */
    void apply(Connection connection, long from) throws SQLException, IOException {
        boolean auto = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            apply(from, new Put(connection));
        } catch (SQLRuntime e) {
            throw e.sql; // the pool may have closed the connection, and rolls it back otherwise
        }
        connection.setAutoCommit(auto);
    }

    private void apply(long from, Put put) throws SQLException, IOException {
        redo.read(from, (shape, record) -> {
            if (!shape.schema().equals(tables.version())) {
                put.flush(record.number() - 1);
                tables.migrateTo(shape.schema());
            }
            put.add(shape, record);
        });
        if (redo.last() >= from) {
            put.flush(redo.last());
        }
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
                RedoState.mark(connection, number);
                connection.commit();
                step.run();
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
                insert(connection, to, rowsOf(rows));
            }
        }
    }

    private static List<byte @Nullable []> rowsOf(List<RowChange> changes) {
        List<byte @Nullable []> rows = new ArrayList<>(changes.size());
        changes.forEach(change -> rows.add(change.row()));
        return rows;
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
            for (byte[] row : rows) {
                if (row != null) {
                    bind(insert, RowCodec.decode(row, table.columns().size()));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
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
