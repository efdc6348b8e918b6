package org.paceline.daemon.attempts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.InList;
import org.paceline.daemon.donotcall.CurrentLists;
import org.paceline.daemon.nodes.Guard;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.rules.RuleId;

/**
 * The journal in SQL. A batch is one transaction of six statements, whatever its size, and a few more where agents or
 * campaigns have caps or calls have prices: lock the numbers' {@code callee} rows in the order of the numbers, so that
 * nodes count one after the other and never wait for each other in a ring; read what is known of the numbers; insert
 * the attempts that may be dialled. On a shared database a seventh comes first, which asks whether the lease holds.
 *
 * <p>It uses plain JDBC, because the time between a free agent and the INVITE is spent here.
 *
 * <p>Thread: {@code dialer-journal} only.
 */
public final class SqlAttemptJournal implements AttemptJournal {
    private static final String ADD_CALLEES =
            "INSERT INTO callee (e164) SELECT t.e164 FROM UNNEST(CAST(? AS BIGINT ARRAY)) AS t(e164)"
                    + " ON CONFLICT DO NOTHING";
    private static final String LOCK_CALLEES = "SELECT e164 FROM callee WHERE e164 IN ";
    static final String INSERT = "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk,"
            + " caller_id, charged_agent, planned_at, budget_holder, budget_month, reserved_micros)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Database database;
    private final String node;
    private final long run;
    private final CurrentLists lists;
    private final Guard guard;

    /**
     * @param node this node's name
     * @param run the number of this start, see {@code NodeLease}
     */
    public SqlAttemptJournal(Database database, String node, long run) {
        this(database, node, run, new CurrentLists(), Guard.none());
    }

    /**
     * @param lists the lists as this process last read them
     * @param guard checked before each batch: without its lease the run stores nothing
     */
    public SqlAttemptJournal(Database database, String node, long run, CurrentLists lists, Guard guard) {
        this.lists = lists;
        this.guard = guard;
        this.database = database;
        this.node = node;
        this.run = run;
    }

    @Override
    public List<@Nullable CapReached> append(List<Attempt> batch) throws JournalUnavailableException {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            List<@Nullable CapReached> answers = database.write(handle -> write(handle, batch));
            guard.committed();
            return answers;
        } catch (JdbiException | SQLException e) {
            throw new JournalUnavailableException(
                    "batch of " + batch.size() + " attempts from call="
                            + batch.getFirst().call() + " was not stored",
                    e);
        }
    }

    @Override
    public void takeBack(List<Effect.TakeBack> batch) throws JournalUnavailableException {
        if (batch.isEmpty()) {
            return;
        }
        SortedSet<Long> numbers = new TreeSet<>();
        for (Effect.TakeBack one : batch) {
            numbers.add(one.attempt().order().number().e164());
        }
        try {
            database.write(handle -> {
                guard.enterHeld(handle);
                lockKnown(handle.getConnection(), numbers);
                NotSentTable.move(handle, batch);
                return null;
            });
            guard.committed();
        } catch (JdbiException | SQLException e) {
            throw new JournalUnavailableException(
                    "batch of " + batch.size() + " attempts that were not sent was not taken back", e);
        }
    }

    private List<@Nullable CapReached> write(Handle handle, List<Attempt> batch) throws SQLException {
        Connection connection = handle.getConnection();
        SortedSet<Long> numbers = new TreeSet<>();
        for (Attempt attempt : batch) {
            numbers.add(attempt.order().number().e164());
        }
        guard.enterHeld(handle);
        lock(connection, numbers);
        KnownNumbers known = KnownNumbers.read(handle, numbers, batch, node, lists);
        CapHolders holders = CapHolders.read(connection, batch);
        BudgetHolders budgets = BudgetHolders.read(handle, batch, run);
        List<@Nullable CapReached> answers = new ArrayList<>(batch.size());
        List<Attempt> fresh = new ArrayList<>(batch.size());
        for (Attempt attempt : batch) {
            if (known.isJournaled(attempt)) {
                answers.add(null);
                continue;
            }
            CapReached against = known.against(attempt);
            RuleId overCap = against == null ? holders.against(attempt) : null;
            if (overCap != null) {
                against = known.reached(overCap, attempt);
            }
            Spent overBudget = against == null ? budgets.against(attempt) : null;
            if (overBudget != null) {
                against = new CapReached(RuleId.BUDGET_MONTH, List.of(), overBudget);
            }
            answers.add(against);
            if (against == null) {
                known.add(attempt);
                holders.add(attempt);
                budgets.add(attempt);
                fresh.add(attempt);
            }
        }
        insert(connection, fresh);
        holders.forgetOutdated(connection);
        budgets.write(handle);
        return answers;
    }

    private static void lock(Connection connection, SortedSet<Long> numbers) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD_CALLEES)) {
            add.setArray(1, connection.createArrayOf("bigint", numbers.toArray()));
            add.executeUpdate();
        }
        lockKnown(connection, numbers);
    }

    private static void lockKnown(Connection connection, SortedSet<Long> numbers) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                LOCK_CALLEES + InList.marks(numbers.size()) + " ORDER BY e164 FOR UPDATE")) {
            InList.bind(lock, 1, numbers);
            lock.executeQuery().close();
        }
    }

    private void insert(Connection connection, List<Attempt> fresh) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Attempt attempt : fresh) {
                insert.setLong(1, attempt.call().value());
                insert.setLong(2, attempt.lead().value());
                insert.setString(3, attempt.order().campaign().value());
                insert.setLong(4, attempt.order().number().e164());
                insert.setString(5, node);
                insert.setLong(6, run);
                insert.setString(7, attempt.order().trunk().value());
                insert.setLong(8, attempt.order().callerId());
                if (attempt.chargedTo() == null) {
                    insert.setNull(9, Types.VARCHAR);
                } else {
                    insert.setString(9, attempt.chargedTo().value());
                }
                insert.setLong(10, attempt.plannedAt().epochMillis());
                bind(insert, attempt.reservation());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, @Nullable Reservation reservation) throws SQLException {
        if (reservation == null) {
            bind(insert, "", 0, 0);
        } else {
            bind(insert, reservation.holder(), reservation.month(), reservation.micros());
        }
    }

    /** @param holder empty where no tariff prices the attempt */
    static void bind(PreparedStatement insert, String holder, int month, long micros) throws SQLException {
        if (holder.isEmpty()) {
            insert.setNull(11, Types.VARCHAR);
            insert.setNull(12, Types.INTEGER);
            insert.setNull(13, Types.BIGINT);
        } else {
            insert.setString(11, holder);
            insert.setInt(12, month);
            insert.setLong(13, micros);
        }
    }
}
