package org.paceline.daemon.leads;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.paceline.dialer.id.LeadId;

/**
 * The leads that this process has: leased, and not settled in the database yet. The lead source adds, the store removes
 * once its transaction is committed.
 *
 * <p>Thread: any.
 */
public final class HeldLeads {
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
     * Leases leads again whose lease the database has lost.
     *
     * @return how many
     */
    public int leaseAgain(Handle handle, String node) {
        return LeaseTable.leaseAgain(handle, node, held);
    }

    public int size() {
        return held.size();
    }
}
