package org.paceline.daemon.gate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.paceline.dialer.id.CallId;

/** Sets what counts up behind the rows that were put: they are not logged, and a lost file takes them back. */
final class Sequences {
    private Sequences() {}

    static void raise(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String[] identity : Tables.identities(connection)) {
                String table = Tables.quote(identity[0]);
                String column = Tables.quote(identity[1]);
                long most = number(statement, "SELECT COALESCE(MAX(" + column + "), 0) FROM " + table);
                long next = number(
                        statement,
                        "SELECT identity_base FROM information_schema.columns WHERE table_schema = 'public'"
                                + " AND table_name = '" + identity[0] + "' AND column_name = '" + identity[1] + "'");
                if (next <= most) {
                    statement.execute(
                            "ALTER TABLE " + table + " ALTER COLUMN " + column + " RESTART WITH " + (most + 1));
                }
            }
            long run = number(
                    statement,
                    "SELECT GREATEST(COALESCE((SELECT MAX(run) FROM node), 0),"
                            + " COALESCE((SELECT MAX(call_id) FROM attempt) / " + (1L << CallId.RUN_SHIFT) + ", 0))");
            long next = number(
                    statement,
                    "SELECT base_value FROM information_schema.sequences WHERE sequence_name = 'run_number'");
            if (next <= run) {
                statement.execute("ALTER SEQUENCE run_number RESTART WITH " + (run + 1));
            }
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("no row for: " + sql);
            }
            return row.getLong(1);
        }
    }
}
