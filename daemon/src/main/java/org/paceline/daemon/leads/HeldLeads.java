package org.paceline.daemon.leads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.paceline.dialer.id.LeadId;

/**
 * The leads that this process has: leased, and not settled in the database yet. The lead source adds, the store removes
 * once its transaction is committed.
 *
 * <p>Thread: any.
 */
public final class HeldLeads {
    private static final String LEASE =
            "UPDATE lead SET status = 'LEASED', lease_node = ? WHERE id = ? AND status = 'NEW'";

    private final Set<LeadId> held = ConcurrentHashMap.newKeySet();

    public void add(LeadId lead) {
        held.add(lead);
    }

    public void remove(LeadId lead) {
        held.remove(lead);
    }

    public boolean contains(LeadId lead) {
        return held.contains(lead);
    }

    /**
     * Leases those again whose lease the database has lost.
     *
     * @return how many
     */
    public int leaseAgain(Connection connection, String node) throws SQLException {
        try (PreparedStatement lease = connection.prepareStatement(LEASE)) {
            for (LeadId lead : held) {
                lease.setString(1, node);
                lease.setLong(2, lead.value());
                lease.addBatch();
            }
            return Arrays.stream(lease.executeBatch()).sum();
        }
    }

    public int size() {
        return held.size();
    }
}
