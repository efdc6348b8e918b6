package org.paceline.daemon.attempts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.database.InList;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.event.Effect;

/**
 * Moves recorded attempts that were not sent out of the attempt table, with all that counted them: the count that is kept of a
 * campaign's day, and the money reserved. The numbers' rows are locked by the caller, then the campaigns', then the budgets', as when they
 * are recorded.
 */
final class NotSentTable {
    private static final String IN_FLIGHT = "SELECT call_id FROM attempt WHERE outcome IS NULL AND call_id IN ";
    private static final String KEEP = "INSERT INTO not_sent (call_id, lead_id, campaign, e164, node, run, trunk,"
            + " charged_agent, planned_at, ended_at, why) SELECT call_id, lead_id, campaign, e164, node, run, trunk,"
            + " charged_agent, planned_at, CAST(? AS BIGINT), CAST(? AS VARCHAR(20)) FROM attempt WHERE call_id IN ";
    private static final String COSTS_NOTHING = "UPDATE attempt SET cost_micros = 0 WHERE call_id IN ";
    private static final String DELETE = "DELETE FROM attempt WHERE call_id IN ";

    private NotSentTable() {}

    /** Those that have ended otherwise, or are not there, are left as they are. */
    static void move(Connection connection, List<Effect.TakeBack> batch) throws SQLException {
        List<Effect.TakeBack> moved = inFlight(connection, batch);
        if (moved.isEmpty()) {
            return;
        }
        CapHolders.forget(
                connection, moved.stream().map(Effect.TakeBack::attempt).toList());
        giveMoneyBack(connection, moved);
        Map<NotSent, List<Effect.TakeBack>> byReason = new EnumMap<>(NotSent.class);
        moved.forEach(one ->
                byReason.computeIfAbsent(one.why(), _ -> new ArrayList<>()).add(one));
        for (Map.Entry<NotSent, List<Effect.TakeBack>> entry : byReason.entrySet()) {
            keep(connection, entry.getKey(), entry.getValue());
        }
        execute(connection, DELETE, ids(moved));
    }

    private static List<Effect.TakeBack> inFlight(Connection connection, List<Effect.TakeBack> batch)
            throws SQLException {
        Set<Long> found = HashSet.newHashSet(batch.size());
        List<Long> asked = ids(batch);
        try (PreparedStatement query =
                connection.prepareStatement(IN_FLIGHT + InList.marks(asked.size()) + " FOR UPDATE")) {
            InList.bind(query, 1, asked);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        return batch.stream()
                .filter(one -> found.contains(one.attempt().call().value()))
                .toList();
    }

    private static void giveMoneyBack(Connection connection, List<Effect.TakeBack> moved) throws SQLException {
        List<Effect.TakeBack> priced = moved.stream()
                .filter(one -> one.attempt().reservation() != null)
                .toList();
        if (!priced.isEmpty()) {
            execute(connection, COSTS_NOTHING, ids(priced));
            BudgetTable.settle(connection, ids(priced));
        }
    }

    private static void keep(Connection connection, NotSent why, List<Effect.TakeBack> moved) throws SQLException {
        List<Long> ids = ids(moved);
        try (PreparedStatement keep = connection.prepareStatement(KEEP + InList.marks(ids.size()))) {
            keep.setLong(1, moved.getLast().atEpochMillis());
            keep.setString(2, why.name());
            InList.bind(keep, 3, ids);
            keep.executeUpdate();
        }
    }

    private static void execute(Connection connection, String statement, List<Long> ids) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement + InList.marks(ids.size()))) {
            InList.bind(update, 1, ids);
            update.executeUpdate();
        }
    }

    private static List<Long> ids(List<Effect.TakeBack> batch) {
        return batch.stream().map(one -> one.attempt().call().value()).toList();
    }
}
