package org.paceline.daemon.gate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.TableShape;

/**
 * Makes room for rows of a table with unique values. While records are applied that the database has already, it may
 * have a later row with the same ones. That row comes again with its own record, so it may go meanwhile.
 *
 * <p>Thread: the caller's.
 */
final class UniqueValues {
    private UniqueValues() {}

    /** Removes the rows that have the same unique values as this one. */
    static void clear(Connection connection, TableShape table, @Nullable Object[] row) throws SQLException {
        for (List<Integer> columns : of(connection, table)) {
            String condition = columns.stream()
                    .map(column -> Tables.quote(table.columns().get(column)) + " = ?")
                    .collect(Collectors.joining(" AND "));
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + Tables.quote(table.name()) + " WHERE " + condition)) {
                for (int i = 0; i < columns.size(); i++) {
                    delete.setObject(i + 1, row[columns.get(i)]);
                }
                delete.executeUpdate();
            }
        }
    }

    /** Returns the columns of each unique index. */
    private static Collection<List<Integer>> of(Connection connection, TableShape table) throws SQLException {
        Map<String, List<Integer>> indexes = new TreeMap<>();
        try (ResultSet rows = connection.getMetaData().getIndexInfo(null, Tables.SCHEMA, table.name(), true, false)) {
            while (rows.next()) {
                indexes.computeIfAbsent(rows.getString("INDEX_NAME"), _ -> new ArrayList<>())
                        .add(table.columns().indexOf(rows.getString("COLUMN_NAME")));
            }
        }
        return indexes.values();
    }
}
