package org.paceline.daemon.leads;

import static org.paceline.daemon.database.SqlWords.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.nodes.Fence;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.LeadTraits;

/**
 * Leases leads with a promised call that is due.
 *
 * <p>Thread: {@code leads} only.
 */
final class CallbackLeases {
    private static final int MOST = 500;
    private static final String DUE = " FROM callback c JOIN lead l ON l.id = c.lead_id AND l.callback_id = c.id"
            + " WHERE c.state = " + word(KeptCallback.State.OPEN) + " AND c.due_at <= :now AND l.status = "
            + word(LeadStatus.NEW) + " AND l.not_before <= :now";
    private static final String CAMPAIGNS = "SELECT DISTINCT c.campaign" + DUE;
    private static final String LEADS =
            "SELECT l.id, l.e164, l.attempts, l.faults, l.name, l.grade, l.consent_at, l.kind, l.segment,"
                    + " c.id AS callback, c.due_at, c.agent, c.lead_attempts" + DUE
                    + " AND c.campaign = :campaign ORDER BY c.due_at, c.id FETCH FIRST " + MOST + " ROWS ONLY";

    private final Database database;
    private final String node;
    private final Fence fence;
    private final String lockLeads;

    CallbackLeases(Database database, String node, Fence fence) {
        this.database = database;
        this.node = node;
        this.fence = fence;
        this.lockLeads = database.isShared() ? LEADS + " FOR UPDATE OF l SKIP LOCKED" : LEADS;
    }

    /** Returns the campaigns that have a promised call to be made now. */
    List<CampaignId> campaigns(long now) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(CAMPAIGNS)
                        .bind("now", now)
                        .map((row, _) -> new CampaignId(row.getString(1)))
                        .list());
    }

    /**
     * Leases leads, the longest due first, and none that this process still holds.
     *
     * @param agents the agents whose own callbacks may be leased
     * @param graceMillis how long after its due time a callback becomes any agent's
     */
    List<LeasedLead> lease(CampaignId campaign, Set<AgentId> agents, long graceMillis, long now, HeldLeads held)
            throws SQLException {
        return database.write(handle -> {
            fence.demand(handle);
            List<LeasedLead> due = new ArrayList<>(handle.createQuery(lockLeads)
                    .bind("now", now)
                    .bind("campaign", campaign.value())
                    .map((row, _) -> lead(row))
                    .list());
            due.removeIf(lead -> held.contains(lead.id()) || !isFor(lead, agents, now - graceMillis));
            return LeaseTable.lease(handle, node, due);
        });
    }

    private static boolean isFor(LeasedLead lead, Set<AgentId> agents, long anyonesIfDueBy) {
        Callback callback = lead.traits().callback();
        return callback == null
                || callback.agent() == null
                || agents.contains(callback.agent())
                || callback.dueEpochMillis() <= anyonesIfDueBy;
    }

    private static LeasedLead lead(ResultSet row) throws SQLException {
        LeadTraits listed = LeadWalk.traits(row);
        String agent = row.getString("agent");
        LeadTraits traits = new LeadTraits(
                listed.named(),
                listed.grade(),
                listed.consentEpochMillis(),
                listed.kind(),
                new Callback(
                        row.getLong("callback"),
                        row.getLong("due_at"),
                        agent == null ? null : new AgentId(agent),
                        row.getInt("lead_attempts")),
                listed.segment(),
                listed.place());
        return new LeasedLead(
                new LeadId(row.getLong("id")),
                row.getLong("e164"),
                row.getInt("attempts"),
                row.getInt("faults"),
                traits,
                null);
    }
}
