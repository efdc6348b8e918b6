package org.paceline.daemon.gate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.h2.api.Trigger;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.tx.Transaction;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.RowCodec;
import org.paceline.daemon.redo.TableShape;

/**
 * The trigger on each table: tells the gate of each row that a statement changes. H2 makes it, and calls it in the
 * thread of the statement, and also where it takes a row back, because a statement is tried anew or fails.
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
            @Nullable Object[] row = now == null ? before : now;
            if (row == null) {
                return;
            }
            byte[] key = RowCodec.key(row, known);
            boolean takenBack = isTakenBack(connection);
            if (before != null && now != null && !Arrays.equals(RowCodec.key(before, known), key)) {
                refuseNewKey(known, takenBack);
            } else if (takenBack) {
                changes.doubt(table, key);
            } else {
                changes.add(
                        table,
                        key,
                        before == null ? null : RowCodec.encode(before),
                        now == null ? null : RowCodec.encode(now));
            }
        } catch (RuntimeException e) {
            changes.fail(e); // H2 ignores what a trigger throws that is told of rollbacks, too
        }
    }

    /** While a statement or a transaction is taken back, its transaction is not open. */
    private static boolean isTakenBack(Connection connection) throws SQLException {
        return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                && session.getTransaction().getStatus() != Transaction.STATUS_OPEN;
    }

    /**
     * Where keys move up by one, it could not be told which of two rows of the same key comes and which one goes. What is
     * taken back of such a statement was never told.
     */
    private static void refuseNewKey(TableShape shape, boolean takenBack) {
        if (!takenBack) {
            throw new IllegalArgumentException("a statement changes the key of a row of table " + shape.name()
                    + ", which the redo log cannot tell: delete the row, and insert it anew");
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
