package org.paceline.daemon.agents;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;

/**
 * Agents' shifts.
 *
 * <p>Thread: any; may block. Reading fails with Jdbi's unchecked exceptions.
 */
public final class SessionTable {
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_CAMPAIGNS = 20_000;
    private static final int MOST = 1_000;

    private static final String BEGIN = "INSERT INTO agent_session (agent, signed_in_at, node, campaigns)"
            + " VALUES (:agent, :at, :node, :campaigns) ON CONFLICT DO NOTHING";
    /** A clock that is set back during a shift does not let it end before its begin. */
    private static final String END = "UPDATE agent_session SET signed_out_at = GREATEST(signed_in_at, :at),"
            + " reason = :reason"
            + " WHERE agent = :agent AND signed_in_at = :signedInAt AND node = :node AND signed_out_at IS NULL";

    private static final String CLOSE = "UPDATE agent_session SET reason = 'the daemon died', signed_out_at ="
            + " COALESCE((SELECT MAX(e.at) FROM agent_event e WHERE e.agent = agent_session.agent"
            + " AND e.node = agent_session.node AND e.at >= agent_session.signed_in_at), signed_in_at)"
            + " WHERE signed_out_at IS NULL AND node = :node";
    private static final String OF_AGENT = "SELECT node, campaigns, signed_in_at, signed_out_at, reason"
            + " FROM agent_session WHERE agent = :agent AND signed_in_at < :to"
            + " AND (signed_out_at IS NULL OR signed_out_at >= :from)"
            + " ORDER BY signed_in_at, node FETCH FIRST :most ROWS ONLY";

    private final Database database;

    public SessionTable(Database database) {
        this.database = database;
    }

    /** Writes beginnings, then ends; a shift that is there already is left alone. */
    public static void write(Handle handle, List<Effect.SignedIn> begun, List<Effect.SignedOut> ended, String node) {
        begin(handle, begun, node);
        end(handle, ended, node);
    }

    private static void begin(Handle handle, List<Effect.SignedIn> begun, String node) {
        PreparedBatch batch = handle.prepareBatch(BEGIN);
        for (Effect.SignedIn shift : begun) {
            String campaigns = shift.campaigns().stream().map(CampaignId::value).collect(Collectors.joining(" "));
            batch.bind("agent", shift.agent().value())
                    .bind("at", shift.atEpochMillis())
                    .bind("node", node)
                    .bind("campaigns", StorableText.of(campaigns, LONGEST_CAMPAIGNS))
                    .add();
        }
        batch.execute();
    }

    private static void end(Handle handle, List<Effect.SignedOut> ended, String node) {
        PreparedBatch batch = handle.prepareBatch(END);
        for (Effect.SignedOut shift : ended) {
            String reason = shift.reason();
            batch.bind("at", shift.atEpochMillis())
                    .bind("reason", reason == null ? null : StorableText.of(reason, LONGEST_REASON))
                    .bind("agent", shift.agent().value())
                    .bind("signedInAt", shift.signedInAtEpochMillis())
                    .bind("node", node)
                    .add();
        }
        batch.execute();
    }

    /**
     * Ends the shifts that a dead process of the node left open, at the time when each agent was last seen.
     *
     * @return how many there were
     */
    public static int close(Handle handle, String node) {
        return handle.createUpdate(CLOSE).bind("node", node).execute();
    }

    /**
     * The agent's shifts that reach into a time, by their begin; the first {@value #MOST}.
     *
     * @param fromEpochMillis inclusive
     * @param toEpochMillis exclusive
     */
    public List<AgentSession> of(AgentId agent, long fromEpochMillis, long toEpochMillis) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(OF_AGENT)
                        .bind("agent", agent.value())
                        .bind("from", fromEpochMillis)
                        .bind("to", toEpochMillis)
                        .bind("most", MOST)
                        .map((row, _) -> new AgentSession(
                                row.getString(1),
                                List.of(row.getString(2).split(" ")),
                                row.getLong(3),
                                row.getLong(4),
                                row.getString(5)))
                        .list());
    }
}
