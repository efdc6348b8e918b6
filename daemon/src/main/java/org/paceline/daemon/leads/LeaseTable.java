package org.paceline.daemon.leads;

import static org.paceline.daemon.database.SqlWords.word;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;

/**
 * The leases of leads by nodes: {@code lead.lease_node}, with the status {@link LeadStatus#LEASED}.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class LeaseTable {
    private static final String LEASE = "UPDATE lead SET status = " + word(LeadStatus.LEASED)
            + ", lease_node = :node WHERE id = :lead AND status = " + word(LeadStatus.NEW);
    private static final String OF_NODE = " WHERE status = " + word(LeadStatus.LEASED) + " AND lease_node = :node";
    private static final String RELEASE_ALL =
            "UPDATE lead SET status = " + word(LeadStatus.NEW) + ", lease_node = NULL" + OF_NODE;
    private static final String RELEASE = RELEASE_ALL + " AND id = :lead";
    private static final String RELEASE_NOT_DIALLED =
            RELEASE_ALL + " AND id NOT IN (SELECT lead_id FROM attempt WHERE outcome IS NULL AND node = :node)";
    private static final String LEASED = "SELECT id FROM lead" + OF_NODE;
    private static final String ELSEWHERE = "SELECT lease_node, COUNT(*) AS leads FROM lead WHERE status = "
            + word(LeadStatus.LEASED) + " AND campaign = :campaign AND lease_node <> :node"
            + " GROUP BY lease_node ORDER BY lease_node";

    private LeaseTable() {}

    /** @return the leads that no one else took in the meantime */
    static List<LeasedLead> lease(Handle handle, String node, List<LeasedLead> due) {
        int[] counts =
                each(handle, LEASE, node, due.stream().map(LeasedLead::id).toList());
        List<LeasedLead> leased = new ArrayList<>(due.size());
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                leased.add(due.get(i));
            }
        }
        return leased;
    }

    /**
     * Leases leads again whose lease the database has lost.
     *
     * @return how many
     */
    static int leaseAgain(Handle handle, String node, Collection<LeadId> leads) {
        int leased = 0;
        for (int count : each(handle, LEASE, node, leads)) {
            leased += count;
        }
        return leased;
    }

    private static int[] each(Handle handle, String sql, String node, Collection<LeadId> leads) {
        PreparedBatch batch = handle.prepareBatch(sql);
        for (LeadId lead : leads) {
            batch.bind("node", node).bind("lead", lead.value()).add();
        }
        return batch.execute();
    }

    /**
     * Releases leads that the node has and its process does not know of, because the commit of their lease was in
     * doubt.
     *
     * @return how many
     */
    static int releaseUnknown(Handle handle, String node, HeldLeads held) {
        List<LeadId> unknown = handle.createQuery(LEASED).bind("node", node).mapTo(Long.class).stream()
                .map(LeadId::new)
                .filter(lead -> !held.contains(lead))
                .toList();
        each(handle, RELEASE, node, unknown);
        return unknown.size();
    }

    /**
     * Releases all leads of a node whose calls are over.
     *
     * @return how many
     */
    public static int releaseAll(Handle handle, String node) {
        return handle.createUpdate(RELEASE_ALL).bind("node", node).execute();
    }

    /**
     * Releases the leads that a node has and has no call with.
     *
     * @return how many
     */
    public static int releaseNotDialled(Handle handle, String node) {
        return handle.createUpdate(RELEASE_NOT_DIALLED).bind("node", node).execute();
    }

    /** Returns who else has leads of the campaign, one line for people; null for nobody. */
    static @Nullable String heldElsewhere(Handle handle, String node, CampaignId campaign) {
        List<String> holders = handle.createQuery(ELSEWHERE)
                .bind("campaign", campaign.value())
                .bind("node", node)
                .map((row, _) -> "node " + row.getString("lease_node") + " holds " + row.getLong("leads"))
                .list();
        return holders.isEmpty() ? null : String.join(", ", holders);
    }
}
