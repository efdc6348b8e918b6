package org.paceline.daemon.agents;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Collectors;
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
            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String END = "UPDATE agent_session SET signed_out_at = ?, reason = ?"
            + " WHERE agent = ? AND signed_in_at = ? AND node = ? AND signed_out_at IS NULL";
    private static final String CLOSE = "UPDATE agent_session SET reason = 'the daemon died', signed_out_at ="
            + " COALESCE((SELECT MAX(e.at) FROM agent_event e WHERE e.agent = agent_session.agent"
            + " AND e.node = agent_session.node AND e.at >= agent_session.signed_in_at), signed_in_at)"
            + " WHERE signed_out_at IS NULL AND node = ?";

    private final Database database;

    public SessionTable(Database database) {
        this.database = database;
    }

    /** Writes beginnings, then ends; one that is there already is left alone. */
    public static void write(
            Connection connection, List<Effect.SignedIn> begun, List<Effect.SignedOut> ended, String node)
            throws SQLException {
        if (!begun.isEmpty()) {
            begin(connection, begun, node);
        }
        if (!ended.isEmpty()) {
            end(connection, ended, node);
        }
    }

    private static void begin(Connection connection, List<Effect.SignedIn> begun, String node) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            for (Effect.SignedIn shift : begun) {
                insert.setString(1, shift.agent().value());
                insert.setLong(2, shift.atEpochMillis());
                insert.setString(3, node);
                insert.setString(
                        4,
                        StorableText.of(
                                shift.campaigns().stream()
                                        .map(CampaignId::value)
                                        .collect(Collectors.joining(" ")),
                                LONGEST_CAMPAIGNS));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void end(Connection connection, List<Effect.SignedOut> ended, String node) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(END)) {
            for (Effect.SignedOut shift : ended) {
                String reason = shift.reason();
                update.setLong(1, shift.atEpochMillis());
                if (reason == null) {
                    update.setNull(2, Types.VARCHAR);
                } else {
                    update.setString(2, StorableText.of(reason, LONGEST_REASON));
                }
                update.setString(3, shift.agent().value());
                update.setLong(4, shift.signedInAtEpochMillis());
                update.setString(5, node);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /**
     * Ends the shifts that a dead process of the node left open, with the last that was seen of each agent.
     *
     * @return how many there were
     */
    public static int close(Connection connection, String node) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(CLOSE)) {
            update.setString(1, node);
            return update.executeUpdate();
        }
    }

    /**
     * The agent's shifts that reach into a time, by their begin; the first {@value #MOST}.
     *
     * @param fromEpochMillis inclusive
     * @param toEpochMillis exclusive
     */
    public List<AgentSession> of(AgentId agent, long fromEpochMillis, long toEpochMillis) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT node, campaigns, signed_in_at, signed_out_at, reason"
                                + " FROM agent_session WHERE agent = :agent AND signed_in_at < :to"
                                + " AND (signed_out_at IS NULL OR signed_out_at >= :from)"
                                + " ORDER BY signed_in_at, node FETCH FIRST :most ROWS ONLY")
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
