package org.paceline.daemon.leads;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.nodes.Fence;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadKind;

/**
 * Leases leads for this node, in the order of their campaign's list ({@link ListOrder}).
 *
 * <p>Thread: {@code leads} only.
 */
final class LeadLeases {
    private final Database database;
    private final String node;
    private final Fence fence;
    private final LeadWalk walk;
    private final ListPlaces places = new ListPlaces();

    LeadLeases(Database database, String node, Fence fence) {
        this.database = database;
        this.node = node;
        this.fence = fence;
        this.walk = new LeadWalk(database);
    }

    /**
     * Leases up to {@code count} due leads in the campaign's order, none that this process still holds. Leads with the same place
     * share priority and grade, and the kind where there is no mix; a later lease goes on where this one ends.
     */
    List<LeasedLead> lease(CampaignId campaign, ListOrder order, int count, long now, HeldLeads held)
            throws SQLException {
        List<LeasedLead> leased = database.write(handle -> {
            fence.demand(handle);
            Lease lease = new Lease(handle, campaign, order, now, held);
            Double share = order.followUpShare();
            if (share == null) {
                return take(lease, List.of(LeadKind.FOLLOW_UP, LeadKind.NEW), count);
            }
            List<LeasedLead> followUps = take(lease, List.of(LeadKind.FOLLOW_UP), (int) Math.round(count * share));
            List<LeasedLead> fresh = take(lease, List.of(LeadKind.NEW), count - followUps.size());
            int missing = count - followUps.size() - fresh.size();
            followUps.addAll(take(lease, List.of(LeadKind.FOLLOW_UP), missing));
            return ListOrder.mixed(followUps, fresh);
        });
        return leased.stream().map(lead -> placed(campaign, lead)).toList();
    }

    private LeasedLead placed(CampaignId campaign, LeasedLead lead) {
        return lead.rank() == null
                ? lead
                : new LeasedLead(
                        lead.id(),
                        lead.e164(),
                        lead.attempts(),
                        lead.faults(),
                        lead.traits().at(places.next(campaign, lead.rank())),
                        lead.rank());
    }

    private record Lease(Handle handle, CampaignId campaign, ListOrder order, long now, HeldLeads held) {}

    /** Takes leads of these kinds, which come in this order within a priority. */
    private List<LeasedLead> take(Lease lease, List<LeadKind> kinds, int count) {
        List<LeasedLead> leased = new ArrayList<>();
        long from = Integer.MIN_VALUE;
        while (leased.size() < count) {
            OptionalInt priority = OptionalInt.empty();
            for (LeadKind kind : kinds) {
                OptionalInt of = LeadWalk.nextPriority(lease.handle, lease.campaign, kind, from);
                if (of.isPresent() && (priority.isEmpty() || of.getAsInt() < priority.getAsInt())) {
                    priority = of;
                }
            }
            if (priority.isEmpty()) {
                return leased;
            }
            for (LeadKind kind : kinds) {
                LeadWalk.Group group = new LeadWalk.Group(lease.campaign, kind, priority.getAsInt());
                leased.addAll(take(lease, group, count - leased.size()));
            }
            from = priority.getAsInt() + 1L;
        }
        return leased;
    }

    private List<LeasedLead> take(Lease lease, LeadWalk.Group group, int count) {
        List<LeasedLead> leased = new ArrayList<>();
        if (count > 0) {
            for (String grade : lease.order.inOrder(LeadWalk.grades(lease.handle, group))) {
                if (leased.size() < count) {
                    List<LeasedLead> due = due(lease, group, grade, count - leased.size());
                    due.removeIf(lead -> lease.held.contains(lead.id()));
                    leased.addAll(LeaseTable.lease(lease.handle, node, due));
                }
            }
        }
        return leased;
    }

    private List<LeasedLead> due(Lease lease, LeadWalk.Group group, String grade, int count) {
        boolean isMixed = lease.order.followUpShare() != null;
        ListPlaces.Rank rank = new ListPlaces.Rank(group.priority(), isMixed ? null : group.kind(), grade);
        return walk.due(lease.handle, group, grade, rank, lease.now, count);
    }

    /**
     * Returns when the campaign's next lead falls due: a past time when one is due, {@link Long#MAX_VALUE} when there
     * is none.
     */
    long nextDue(CampaignId campaign, long after) {
        return database.jdbi().withHandle(handle -> LeadWalk.nextDue(handle, campaign, after));
    }

    /** Returns who else has leads of the campaign, one line for people; null for nobody. */
    @Nullable
    String heldElsewhere(CampaignId campaign) {
        return database.isShared()
                ? database.jdbi().withHandle(handle -> LeaseTable.heldElsewhere(handle, node, campaign))
                : null;
    }

    /** Releases leases of this node that the process does not know of, because their commit was in doubt. */
    int releaseUnknown(HeldLeads held) {
        return database.write(handle -> LeaseTable.releaseUnknown(handle, node, held));
    }
}
