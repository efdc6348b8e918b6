package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.RowCodec;
import org.paceline.daemon.redo.TableShape;
import org.paceline.daemon.redo.TableSums;

/** The tables whose rows are logged: all but those of the schema's history and of the gate. */
final class Tables {
    private static final Set<String> OTHERS = Set.of("flyway_schema_history", "redo_state");
    private static final String SCHEMA = "public";

    private Tables() {}

    /** Returns the tables in the order of their names. */
    static List<TableShape> read(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        List<TableShape> tables = new ArrayList<>();
        for (String table : names(meta)) {
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = meta.getColumns(null, SCHEMA, table, null)) {
                while (rows.next()) {
                    columns.add(rows.getString("COLUMN_NAME"));
                }
            }
            Map<Integer, Integer> key = new TreeMap<>();
            try (ResultSet rows = meta.getPrimaryKeys(null, SCHEMA, table)) {
                while (rows.next()) {
                    key.put(rows.getInt("KEY_SEQ"), columns.indexOf(rows.getString("COLUMN_NAME")));
                }
            }
            tables.add(new TableShape(table, columns, List.copyOf(key.values())));
        }
        return tables;
    }

    private static List<String> names(DatabaseMetaData meta) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = meta.getTables(null, SCHEMA, null, new String[] {"TABLE", "BASE TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!OTHERS.contains(name)) {
                    names.add(name);
                }
            }
        }
        names.sort(null);
        return names;
    }

    /** Returns the columns of identity, as {@code table, column}. */
    static List<String[]> identities(Connection connection) throws SQLException {
        List<String[]> identities = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_name, column_name FROM information_schema.columns"
                        + " WHERE table_schema = 'public' AND is_identity = 'YES'")) {
            while (rows.next()) {
                identities.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        return identities;
    }

    /** Reads all rows of a table, a row at a time. */
    static void scan(Connection connection, TableShape table, int place, Copy.Rows rows)
            throws SQLException, IOException {
        setLazy(connection, true);
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT " + String.join(", ", quoted(table.columns())) + " FROM " + quote(table.name()))) {
            while (found.next()) {
                rows.row(place, RowCodec.encode(values(found, table)));
            }
        } finally {
            setLazy(connection, false);
        }
    }

    /** Returns the row of a key, or null where there is none. */
    static byte @Nullable [] row(Connection connection, TableShape table, byte[] key) throws SQLException {
        @Nullable Object[] keyValues = RowCodec.decode(key, table.key().size());
        String condition = table.key().stream()
                .map(column -> quote(table.columns().get(column)) + " = ?")
                .collect(Collectors.joining(" AND "));
        try (PreparedStatement read = connection.prepareStatement("SELECT " + String.join(", ", quoted(table.columns()))
                + " FROM " + quote(table.name()) + " WHERE " + condition)) {
            for (int i = 0; i < keyValues.length; i++) {
                read.setObject(i + 1, keyValues[i]);
            }
            try (ResultSet row = read.executeQuery()) {
                return row.next() ? RowCodec.encode(values(row, table)) : null;
            }
        }
    }

    private static @Nullable Object[] values(ResultSet row, TableShape table) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getObject(i + 1);
        }
        return values;
    }

    private static void setLazy(Connection connection, boolean lazy) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LAZY_QUERY_EXECUTION " + (lazy ? "1" : "0"));
        }
    }

    /** Returns the sums of all rows, read from the tables. */
    static TableSums sums(Connection connection, List<TableShape> tables) throws SQLException, IOException {
        TableSums sums = new TableSums(tables.size());
        for (int i = 0; i < tables.size(); i++) {
            scan(connection, tables.get(i), i, (table, row) -> sums.add(table, RowCodec.hash(row)));
        }
        return sums;
    }

    static List<String> quoted(List<String> names) {
        return names.stream().map(Tables::quote).toList();
    }

    static String quote(String name) {
        return '"' + name + '"';
    }
}
