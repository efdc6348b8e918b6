package org.paceline.daemon.gate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;

/** What the database has so that it tells the gate of its rows, and that commands of other processes pass it too. */
final class Triggers {
    private static final List<String> STEPS = List.of("enter", "commit", "leave", "copy", "verify");

    private Triggers() {}

    /** Sets a trigger on each table. */
    static void set(Connection connection, StoreShape shape) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (TableShape table : shape.tables()) {
                statement.execute("CREATE TRIGGER IF NOT EXISTS " + Tables.quote("redo_" + table.name())
                        + " AFTER INSERT, UPDATE, DELETE, ROLLBACK ON " + Tables.quote(table.name())
                        + " FOR EACH ROW CALL '" + RowCapture.class.getName() + "'");
            }
            for (String step : STEPS) {
                statement.execute("CREATE ALIAS IF NOT EXISTS redo_" + step + " FOR '" + JoinedGate.class.getName()
                        + "." + step + "'");
            }
        }
    }

    /** Takes them away, so that the tables can be changed and rows be put back. */
    static void release(Connection connection) throws SQLException {
        List<String> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT DISTINCT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'public'")) {
                while (rows.next()) {
                    triggers.add(rows.getString(1));
                }
            }
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + Tables.quote(trigger));
            }
        }
    }
}
