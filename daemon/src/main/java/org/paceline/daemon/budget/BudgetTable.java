package org.paceline.daemon.budget;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.InList;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.id.CallId;

/**
 * Reserves and settles money within the transactions of attempts. Rows are locked in the order of holder, month and
 * run, after all others, so that transactions never wait for each other in a ring.
 *
 * <p>It uses plain JDBC, because a priced attempt waits for these statements before it is dialled.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class BudgetTable {
    private static final long LOCK = 0;
    private static final int MOST_AT_ONCE = 1_000;

    private static final String OPEN =
            "INSERT INTO budget (holder, budget_month, run) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String TAKE =
            "SELECT run FROM budget WHERE holder = ? AND budget_month = ? AND run = ? FOR UPDATE";
    private static final String SUM = "SELECT COALESCE(SUM(spent_micros), 0), COALESCE(SUM(reserved_micros), 0)"
            + " FROM budget WHERE holder = ? AND budget_month = ? AND run ";
    private static final String CHANGE = "UPDATE budget SET spent_micros = spent_micros + ?,"
            + " reserved_micros = reserved_micros + ? WHERE holder = ? AND budget_month = ? AND run = ?";
    private static final String OF_CALLS = "SELECT budget_holder, budget_month, run, SUM(cost_micros),"
            + " SUM(reserved_micros) FROM attempt WHERE budget_holder IS NOT NULL AND call_id IN ";
    private static final String BY_ROW =
            " GROUP BY budget_holder, budget_month, run ORDER BY budget_holder, budget_month, run";

    private static final String OPEN_OF_ENDED = "SELECT holder, budget_month, run FROM budget WHERE run > " + LOCK
            + " AND run <= ? AND reserved_micros <> 0 ORDER BY holder, budget_month, run";
    private static final String OF_CALLS_OF_RUN = " FROM attempt WHERE call_id >= ? AND call_id < ?";
    private static final String NODE_OF_RUN =
            "SELECT node" + OF_CALLS_OF_RUN + " ORDER BY call_id FETCH FIRST ROW ONLY";
    private static final String OF_RUN = "SELECT COALESCE(SUM(cost_micros), 0),"
            + " COALESCE(SUM(CASE WHEN outcome IS NULL THEN reserved_micros ELSE 0 END), 0)"
            + OF_CALLS_OF_RUN + " AND budget_holder = ? AND budget_month = ?";
    private static final String SET = "UPDATE budget SET spent_micros = ?, reserved_micros = ?"
            + " WHERE holder = ? AND budget_month = ? AND run = ?";

    private BudgetTable() {}

    /** Locks these until the transaction ends, so that no other one reserves of them. */
    public static void lock(Handle handle, SortedSet<HolderMonth> keys) throws SQLException {
        for (HolderMonth key : keys) {
            RunSum lock = new RunSum(key, LOCK);
            open(handle, lock);
            take(handle, lock);
        }
    }

    private static void take(Handle handle, RunSum sum) throws SQLException {
        try (PreparedStatement take = handle.getConnection().prepareStatement(TAKE)) {
            sum.bind(take, 1);
            take.executeQuery().close();
        }
    }

    private static void open(Handle handle, RunSum sum) throws SQLException {
        try (PreparedStatement open = handle.getConnection().prepareStatement(OPEN)) {
            sum.bind(open, 1);
            open.executeUpdate();
        }
    }

    /** Returns what a run took of the holder's month. */
    public static Spent of(Handle handle, HolderMonth key, long run) throws SQLException {
        return sum(handle, key, "= ?", run);
    }

    /** Returns what all other runs, of every node, took of it. */
    public static Spent elsewhere(Handle handle, HolderMonth key, long run) throws SQLException {
        return sum(handle, key, "<> ?", run);
    }

    /** Returns what it has cost in all, calls under way included. */
    public static Spent total(Handle handle, HolderMonth key) throws SQLException {
        return elsewhere(handle, key, LOCK);
    }

    private static Spent sum(Handle handle, HolderMonth key, String which, long run) throws SQLException {
        try (PreparedStatement query = handle.getConnection().prepareStatement(SUM + which)) {
            new RunSum(key, run).bind(query, 1);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Spent(key.holder(), key.month(), row.getLong(1), row.getLong(2));
            }
        }
    }

    /** Sets money aside for attempts of that run. */
    public static void reserve(Handle handle, SortedMap<HolderMonth, Long> micros, long run) throws SQLException {
        for (HolderMonth key : micros.keySet()) {
            RunSum sum = new RunSum(key, run);
            open(handle, sum);
            change(handle, List.of(new Change(sum, 0, micros.get(key))));
        }
    }

    /** Turns the money reserved for attempts into their cost, which is in their rows. */
    public static void settle(Handle handle, Collection<Long> endedCalls) throws SQLException {
        List<Long> calls = List.copyOf(endedCalls);
        for (int from = 0; from < calls.size(); from += MOST_AT_ONCE) {
            List<Long> some = calls.subList(from, Math.min(calls.size(), from + MOST_AT_ONCE));
            change(handle, changes(handle, some));
        }
    }

    /**
     * Counts again, from its attempts, what an ended run of the node took, where money is still reserved though all of them have
     * ended: a file that was torn at a kill may have kept the attempts and lost their sum, or the other way round. A run
     * without any attempt is left alone, because nothing tells which node it was of.
     *
     * @param lastRun the run that is over, with all before it
     * @return how many sums were put right
     */
    public static int recount(Handle handle, String node, long lastRun) throws SQLException {
        int changed = 0;
        for (RunSum sum : openOfEnded(handle, lastRun)) {
            // Runs of other nodes may be alive and have millions of attempts, so their attempts are not counted.
            if (node.equals(nodeOf(handle, sum.run))) {
                changed += recount(handle, sum);
            }
        }
        return changed;
    }

    private static List<RunSum> openOfEnded(Handle handle, long lastRun) throws SQLException {
        List<RunSum> open = new ArrayList<>();
        try (PreparedStatement query = handle.getConnection().prepareStatement(OPEN_OF_ENDED)) {
            query.setLong(1, lastRun);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    open.add(new RunSum(new HolderMonth(rows.getString(1), rows.getInt(2)), rows.getLong(3)));
                }
            }
        }
        return open;
    }

    private static @Nullable String nodeOf(Handle handle, long run) throws SQLException {
        try (PreparedStatement query = handle.getConnection().prepareStatement(NODE_OF_RUN)) {
            bindRun(query, run);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void bindRun(PreparedStatement query, long run) throws SQLException {
        query.setLong(1, run << CallId.RUN_SHIFT);
        query.setLong(2, (run + 1) << CallId.RUN_SHIFT);
    }

    /** Locks the sum before it counts, so that an attempt that ends meanwhile is counted either here or by its end. */
    private static int recount(Handle handle, RunSum sum) throws SQLException {
        take(handle, sum);
        try (PreparedStatement query = handle.getConnection().prepareStatement(OF_RUN);
                PreparedStatement set = handle.getConnection().prepareStatement(SET)) {
            bindRun(query, sum.run);
            query.setString(3, sum.key.holder());
            query.setInt(4, sum.key.month());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                set.setLong(1, row.getLong(1));
                set.setLong(2, row.getLong(2));
            }
            sum.bind(set, 3);
            return set.executeUpdate();
        }
    }

    private static List<Change> changes(Handle handle, List<Long> calls) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement query =
                handle.getConnection().prepareStatement(OF_CALLS + InList.marks(calls.size()) + BY_ROW)) {
            InList.bind(query, 1, calls);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    RunSum sum = new RunSum(new HolderMonth(rows.getString(1), rows.getInt(2)), rows.getLong(3));
                    changes.add(new Change(sum, rows.getLong(4), -rows.getLong(5)));
                }
            }
        }
        return changes;
    }

    private static void change(Handle handle, List<Change> changes) throws SQLException {
        try (PreparedStatement update = handle.getConnection().prepareStatement(CHANGE)) {
            for (Change change : changes) {
                update.setLong(1, change.spentMicros);
                update.setLong(2, change.reservedMicros);
                change.sum.bind(update, 3);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** What one run took of a holder's month. */
    private record RunSum(HolderMonth key, long run) {
        void bind(PreparedStatement statement, int from) throws SQLException {
            statement.setString(from, key.holder());
            statement.setInt(from + 1, key.month());
            statement.setLong(from + 2, run);
        }
    }

    private record Change(RunSum sum, long spentMicros, long reservedMicros) {}
}
