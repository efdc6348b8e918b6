package org.paceline.daemon.leads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.LeadTraits;

/**
 * Leases leads to whom a call was promised that is due.
 *
 * <p>Thread: {@code leads} only.
 */
final class CallbackLeases {
    private static final int MOST = 500;
    private static final String DUE = " FROM callback c JOIN lead l ON l.id = c.lead_id AND l.callback_id = c.id"
            + " WHERE c.state = 'OPEN' AND c.due_at <= ? AND l.status = 'NEW' AND l.not_before <= ?";
    private static final String CAMPAIGNS = "SELECT DISTINCT c.campaign" + DUE;
    private static final String LEADS =
            "SELECT l.id, l.e164, l.attempts, l.name, l.grade, l.consent_at, l.kind, l.segment,"
                    + " c.id, c.due_at, c.agent, c.lead_attempts, l.faults" + DUE
                    + " AND c.campaign = ? ORDER BY c.due_at, c.id FETCH FIRST " + MOST + " ROWS ONLY";

    private final Database database;
    private final LeadTable table;
    private final String lockLeads;

    CallbackLeases(Database database, LeadTable table) {
        this.database = database;
        this.table = table;
        this.lockLeads = database.isShared() ? LEADS + " FOR UPDATE OF l SKIP LOCKED" : LEADS;
    }

    /** Campaigns that have a promised call to be made now. */
    List<CampaignId> campaigns(long now) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            List<CampaignId> campaigns = new ArrayList<>();
            try (PreparedStatement query = handle.getConnection().prepareStatement(CAMPAIGNS)) {
                query.setLong(1, now);
                query.setLong(2, now);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        campaigns.add(new CampaignId(rows.getString(1)));
                    }
                }
            }
            return campaigns;
        });
    }

    /**
     * The longest due first, none that this process still holds.
     *
     * @param agents whose own they may be
     * @param graceMillis after so long they are any agent's
     */
    List<LeadTable.Row> lease(CampaignId campaign, Set<AgentId> agents, long graceMillis, long now, HeldLeads held)
            throws SQLException {
        return database.write(handle -> {
            table.demandLease(handle.getConnection());
            Connection connection = handle.getConnection();
            List<LeadTable.Row> due = due(connection, campaign, now);
            due.removeIf(row -> held.contains(row.id()) || !isFor(row, agents, now - graceMillis));
            return table.mark(connection, due);
        });
    }

    private List<LeadTable.Row> due(Connection connection, CampaignId campaign, long now) throws SQLException {
        List<LeadTable.Row> due = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(lockLeads)) {
            query.setLong(1, now);
            query.setLong(2, now);
            query.setString(3, campaign.value());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    due.add(new LeadTable.Row(
                            new LeadId(rows.getLong(1)),
                            rows.getLong(2),
                            rows.getInt(3),
                            rows.getInt(13),
                            traits(rows),
                            null));
                }
            }
        }
        return due;
    }

    private static boolean isFor(LeadTable.Row row, Set<AgentId> agents, long anyonesIfDueBy) {
        Callback callback = row.traits().callback();
        return callback == null
                || callback.agent() == null
                || agents.contains(callback.agent())
                || callback.dueEpochMillis() <= anyonesIfDueBy;
    }

    private static LeadTraits traits(ResultSet row) throws SQLException {
        LeadTraits plain = LeadTable.traits(row);
        String agent = row.getString(11);
        return new LeadTraits(
                plain.named(),
                plain.grade(),
                plain.consentEpochMillis(),
                plain.kind(),
                new Callback(
                        row.getLong(9), row.getLong(10), agent == null ? null : new AgentId(agent), row.getInt(12)),
                plain.segment(),
                plain.place());
    }
}
