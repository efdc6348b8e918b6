package org.paceline.daemon.agents;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.event.Effect;

/**
 * Agents' states and the limits that they went over, as they came to pass. An entry that is there already is left
 * alone.
 *
 * <p>{@link #write} is plain JDBC: a call has about four such rows, more than in any other table, and each took 10 µs
 * of CPU against 15 through Jdbi (H2, batches of 1,000).
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class AgentEventTable {
    private static final int LONGEST_REASON = 500;
    private static final String ADD = "INSERT INTO agent_event (agent, node, at, state, reason, call_id)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String ADD_LIMIT = "INSERT INTO agent_limit (agent, node, at, passed, call_id)"
            + " VALUES (:agent, :node, :at, :passed, :call) ON CONFLICT DO NOTHING";

    private AgentEventTable() {}

    public static void write(Handle handle, List<Effect.AgentChanged> changes, String node) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = handle.getConnection().prepareStatement(ADD)) {
            for (Effect.AgentChanged change : changes) {
                String reason = change.reason();
                insert.setString(1, change.agent().value());
                insert.setString(2, node);
                insert.setLong(3, change.atEpochMillis());
                insert.setString(4, change.state().name());
                insert.setString(5, reason == null ? null : StorableText.of(reason, LONGEST_REASON));
                insert.setLong(6, change.call() == null ? 0 : change.call().value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    public static void writeLimits(Handle handle, List<Effect.LimitPassed> limits, String node) {
        PreparedBatch batch = handle.prepareBatch(ADD_LIMIT);
        for (Effect.LimitPassed limit : limits) {
            batch.bind("agent", limit.agent().value())
                    .bind("node", node)
                    .bind("at", limit.atEpochMillis())
                    .bind("passed", limit.limit().name())
                    .bind("call", limit.call() == null ? 0 : limit.call().value())
                    .add();
        }
        batch.execute();
    }
}
