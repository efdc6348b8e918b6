package org.paceline.daemon.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Arrays as parameters: one statement text, so one plan, for batches of every size ({@code e164 = ANY(?)}). */
public final class SqlArrays {
    private SqlArrays() {}

    public static Array bigints(Connection connection, Collection<Long> values) throws SQLException {
        return connection.createArrayOf("bigint", values.toArray());
    }
}
