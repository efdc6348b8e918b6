package org.paceline.daemon.gate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of itself, in table {@code redo_state}.
 *
 * @param store its own id
 * @param last the number of the last record that it has
 */
record RedoState(UUID store, long last) {
    /** Returns null where the database was never opened with a log. */
    static @Nullable RedoState read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet known = statement.executeQuery("SELECT 1 FROM information_schema.tables"
                    + " WHERE table_schema = 'public' AND table_name = 'redo_state'")) {
                if (!known.next()) {
                    return null;
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT store, last_record FROM redo_state")) {
                return row.next() ? new RedoState(UUID.fromString(row.getString(1)), row.getLong(2)) : null;
            }
        }
    }

    static void create(Connection connection, UUID store, long last) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE redo_state (store VARCHAR(36) PRIMARY KEY, last_record BIGINT NOT NULL)");
            statement.execute("INSERT INTO redo_state (store, last_record) VALUES ('" + store + "', " + last + ")");
        }
    }

    /** Writes the number of the last record, within the transaction whose record it is. */
    static void mark(Connection connection, long number) throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement("UPDATE redo_state SET last_record = ?")) {
            mark.setLong(1, number);
            if (mark.executeUpdate() != 1) {
                throw new SQLException("table redo_state has no row");
            }
        }
    }
}
