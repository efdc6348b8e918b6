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
 * thread of the statement; rows that are taken back, because a statement is tried anew or fails, are told the other way
 * round.
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
            if (isTakenBack(connection)) {
                tell(changes::takeBack, before, now, known);
            } else {
                refuseNewKey(before, now, known);
                tell(changes::add, before, now, known);
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

    /** Where keys move up by one, it could not be told which of two rows of the same key comes and which one goes. */
    private static void refuseNewKey(
            @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] now, TableShape shape) {
        if (before != null && now != null && !Arrays.equals(RowCodec.key(before, shape), RowCodec.key(now, shape))) {
            throw new IllegalArgumentException("a statement changes the key of a row of table " + shape.name()
                    + ", which the redo log cannot tell: delete the row, and insert it anew");
        }
    }

    /** Takes a change of one row. */
    @FunctionalInterface
    private interface Told {
        void row(int table, byte[] key, byte @Nullable [] before, byte @Nullable [] now);
    }

    private void tell(
            Told told, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] now, TableShape shape) {
        @Nullable Object[] row = now == null ? before : now;
        if (row != null) {
            told.row(
                    table,
                    RowCodec.key(row, shape),
                    before == null ? null : RowCodec.encode(before),
                    now == null ? null : RowCodec.encode(now));
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
