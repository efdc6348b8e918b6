package org.paceline.daemon.attempts;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.database.InList;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.event.Effect;

/**
 * Moves stored attempts that were not sent out of the attempt table, and corrects everything that counted them: the
 * kept count of a campaign's day, and the money reserved. The numbers' rows are locked by the caller, then the
 * campaigns', then the budgets', as when they are stored.
 */
final class NotSentTable {
    private static final String OF_CALLS = " FROM attempt WHERE call_id IN (<calls>)";
    private static final String IN_FLIGHT = "SELECT call_id" + OF_CALLS + " AND outcome IS NULL FOR UPDATE";
    private static final String KEEP = "INSERT INTO not_sent (call_id, lead_id, campaign, e164, node, run, trunk,"
            + " charged_agent, planned_at, ended_at, why) SELECT call_id, lead_id, campaign, e164, node, run, trunk,"
            + " charged_agent, planned_at, CAST(:at AS BIGINT), CAST(:why AS VARCHAR(20))" + OF_CALLS;
    private static final String COSTS_NOTHING = "UPDATE attempt SET cost_micros = 0 WHERE call_id IN (<calls>)";
    private static final String DELETE = "DELETE FROM attempt WHERE call_id IN (<calls>)";

    private NotSentTable() {}

    /** Moves attempts; those that have ended otherwise, or are not there, are left as they are. */
    static void move(Handle handle, List<Effect.TakeBack> batch) throws SQLException {
        List<Effect.TakeBack> moved = inFlight(handle, batch);
        if (moved.isEmpty()) {
            return;
        }
        CapHolders.forget(
                handle.getConnection(),
                moved.stream().map(Effect.TakeBack::attempt).toList());
        giveMoneyBack(handle, moved);
        Map<NotSent, List<Effect.TakeBack>> byReason = new EnumMap<>(NotSent.class);
        moved.forEach(one ->
                byReason.computeIfAbsent(one.why(), _ -> new ArrayList<>()).add(one));
        for (Map.Entry<NotSent, List<Effect.TakeBack>> entry : byReason.entrySet()) {
            keep(handle, entry.getKey(), entry.getValue());
        }
        update(handle, DELETE, moved).execute();
    }

    private static List<Effect.TakeBack> inFlight(Handle handle, List<Effect.TakeBack> batch) {
        Set<Long> found = handle.createQuery(IN_FLIGHT)
                .bindList("calls", InList.padded(ids(batch)))
                .mapTo(Long.class)
                .set();
        return batch.stream()
                .filter(one -> found.contains(one.attempt().call().value()))
                .toList();
    }

    private static void giveMoneyBack(Handle handle, List<Effect.TakeBack> moved) throws SQLException {
        List<Effect.TakeBack> priced = moved.stream()
                .filter(one -> one.attempt().reservation() != null)
                .toList();
        if (!priced.isEmpty()) {
            update(handle, COSTS_NOTHING, priced).execute();
            BudgetTable.settle(handle, ids(priced));
        }
    }

    private static void keep(Handle handle, NotSent why, List<Effect.TakeBack> moved) {
        update(handle, KEEP, moved)
                .bind("at", moved.getLast().atEpochMillis())
                .bind("why", why.name())
                .execute();
    }

    private static Update update(Handle handle, String sql, List<Effect.TakeBack> calls) {
        return handle.createUpdate(sql).bindList("calls", InList.padded(ids(calls)));
    }

    private static List<Long> ids(List<Effect.TakeBack> batch) {
        return batch.stream().map(one -> one.attempt().call().value()).toList();
    }
}
