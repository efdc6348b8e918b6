package org.paceline.daemon.gate;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.RowCodec;
import org.paceline.daemon.redo.TableShape;

/**
 * The trigger on each table: tells the gate of each row that a statement changes. H2 makes it, and calls it in the
 * thread of the statement; rows that a statement gives up again, because it is tried anew or fails, are told the other
 * way round.
 *
 * <p>Thread: that of the statement.
 */
public final class RowCapture implements Trigger {
    private String tableName = "";
    private @Nullable Gate gate;
    private @Nullable TableShape shape;
    private int table;

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type) {
        this.tableName = table;
    }

    @Override
    public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] now)
            throws SQLException {
        Gate to = gate(connection);
        if (to.isSuspended()) {
            return;
        }
        TableShape known = shape == null ? to.shape().tables().get(table) : shape;
        shape = known;
        Changes changes = to.changes();
        try {
            byte[] keyBefore = before == null ? null : RowCodec.key(before, known);
            byte[] keyNow = now == null ? null : RowCodec.key(now, known);
            byte[] rowBefore = before == null ? null : RowCodec.encode(before);
            byte[] rowNow = now == null ? null : RowCodec.encode(now);
            if (keyBefore != null && keyNow != null && !java.util.Arrays.equals(keyBefore, keyNow)) {
                changes.add(table, keyBefore, rowBefore, null);
                changes.add(table, keyNow, null, rowNow);
            } else if (keyNow != null) {
                changes.add(table, keyNow, rowBefore, rowNow);
            } else if (keyBefore != null) {
                changes.add(table, keyBefore, rowBefore, null);
            }
        } catch (RuntimeException e) {
            // H2 ignores what such a trigger throws, so the commit has to fail.
            to.spoil(e);
        }
    }

    private Gate gate(Connection connection) throws SQLException {
        Gate known = gate;
        if (known == null) {
            known = Gate.of(connection);
            table = known.tableNamed(tableName);
            gate = known;
        }
        return known;
    }
}
