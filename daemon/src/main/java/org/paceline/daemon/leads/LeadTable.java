package org.paceline.daemon.leads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.InList;
import org.paceline.daemon.nodes.Fence;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.rules.AttemptHistory;

/**
 * The lead list's SQL. Leads are walked in the order of the index {@code lead_due}, one kind, priority and grade at a time,
 * so that a lease costs the same whether a thousand or a million leads wait.
 *
 * <p>Thread: {@code leads} only.
 */
final class LeadTable {
    /** Leads to whom a call was promised are {@link CallbackLeases}'. */
    private static final String NOT_PROMISED = " AND callback_id IS NULL";

    private static final String ORDER =
            " ORDER BY status, campaign, kind, priority, grade_key, not_before, id FETCH FIRST ? ROWS ONLY";
    private static final String NEXT_PRIORITY =
            "SELECT priority FROM lead WHERE status = 'NEW' AND campaign = ? AND kind = ? AND priority >= ?" + ORDER;
    private static final String GRADE = "SELECT grade_key FROM lead"
            + " WHERE status = 'NEW' AND campaign = ? AND kind = ? AND priority = ? AND grade_key >= ?" + ORDER;
    /** Appended to a text, makes the next one; H2 would walk over all that are equal to find what is greater. */
    private static final char NEXT_TEXT = '\u0001';

    private static final String DUE =
            "SELECT id, e164, attempts, name, grade, consent_at, kind, segment, faults FROM lead"
                    + " WHERE status = 'NEW' AND campaign = ? AND kind = ? AND priority = ? AND grade_key = ? AND not_before <= ?"
                    + NOT_PROMISED + ORDER;
    private static final String NEXT_DUE = "SELECT not_before FROM lead"
            + " WHERE status = 'NEW' AND campaign = ? AND kind = ? AND priority = ? AND grade_key = ? AND not_before > ?"
            + NOT_PROMISED + ORDER;
    private static final String LEASE =
            "UPDATE lead SET status = 'LEASED', lease_node = ? WHERE id = ? AND status = 'NEW'";
    private static final String LEASED = "SELECT id FROM lead WHERE status = 'LEASED' AND lease_node = ?";
    private static final String RELEASE = "UPDATE lead SET status = 'NEW', lease_node = NULL"
            + " WHERE id = ? AND status = 'LEASED' AND lease_node = ?";
    private static final String REFUSE = "UPDATE lead SET status = 'REFUSED', lease_node = NULL,"
            + " refusal_rule = 'list.screened', refusal_reason = ?, refusal_citation = 'numbering plan', refused_at = ?"
            + " WHERE id = ? AND status = 'LEASED' AND lease_node = ?";
    private static final String IDS = "SELECT MIN(id), MAX(id) FROM lead WHERE campaign = ?";
    private static final String OFFER_REFUSED = "UPDATE lead SET status = 'NEW', not_before = 0"
            + " WHERE campaign = ? AND id >= ? AND id < ? AND status IN ('NEW', 'REFUSED') AND refused_at >="
            + " (SELECT COALESCE(MAX(ended_at), 0) FROM attempt WHERE attempt.e164 = lead.e164)";
    /** Leads of one transaction, so that nothing else waits for long. */
    private static final long OFFERED_AT_ONCE = 20_000;

    private static final String HELD_ELSEWHERE = "SELECT lease_node, COUNT(*) FROM lead"
            + " WHERE status = 'LEASED' AND campaign = ? AND lease_node <> ? GROUP BY lease_node ORDER BY lease_node";

    private static final String HISTORY =
            "SELECT a.e164, a.planned_at, a.outcome, a.ended_at, d.at FROM attempt a LEFT JOIN call_disposition d"
                    + " ON d.call_id = a.call_id AND d.meaning = 'REFUSED' WHERE a.planned_at >= ? AND a.e164 IN ";

    private final Database database;
    private final String node;
    private final Fence fence;
    private final String lockDue;
    private final ListPlaces places = new ListPlaces();

    LeadTable(Database database, String node, Fence fence) {
        this.fence = fence;
        this.database = database;
        this.node = node;
        // H2 would read and lock every due row before it sorts; one process has no one to skip.
        this.lockDue = database.isShared() ? DUE + " FOR UPDATE SKIP LOCKED" : DUE;
    }

    /**
     * A leased row.
     *
     * @param faults how many of the attempts count against no retry plan
     * @param standing in the list's order; null for a promised call, which has none
     */
    record Row(
            LeadId id,
            long e164,
            int attempts,
            int faults,
            LeadTraits traits,
            ListPlaces.@Nullable Standing standing) {}

    /**
     * Leases up to {@code count} due leads in the campaign's order, none that this process still holds. Of leads of one place
     * priority and grade are the same, and the kind where there is no mix; a later lease goes on where this one ends.
     */
    List<Row> lease(CampaignId campaign, ListOrder order, int count, long now, HeldLeads held) throws SQLException {
        List<Row> leased = database.write(handle -> {
            demandLease(handle.getConnection());
            Lease lease = new Lease(handle.getConnection(), campaign, order, now, held);
            Double share = order.followUpShare();
            if (share == null) {
                return take(lease, List.of(LeadKind.FOLLOW_UP, LeadKind.NEW), count);
            }
            List<Row> followUps = take(lease, List.of(LeadKind.FOLLOW_UP), (int) Math.round(count * share));
            List<Row> fresh = take(lease, List.of(LeadKind.NEW), count - followUps.size());
            int missing = count - followUps.size() - fresh.size();
            followUps.addAll(take(lease, List.of(LeadKind.FOLLOW_UP), missing));
            return ListOrder.mixed(followUps, fresh);
        });
        return leased.stream().map(row -> placed(campaign, row)).toList();
    }

    /** Only a run whose lease holds takes leads. */
    void demandLease(Connection connection) throws SQLException {
        fence.demand(connection);
    }

    private Row placed(CampaignId campaign, Row row) {
        return row.standing == null
                ? row
                : new Row(
                        row.id,
                        row.e164,
                        row.attempts,
                        row.faults,
                        row.traits.at(places.next(campaign, row.standing)),
                        row.standing);
    }

    private record Lease(Connection connection, CampaignId campaign, ListOrder order, long now, HeldLeads held) {}

    /** Of the kinds, which come in this order within a priority. */
    private List<Row> take(Lease lease, List<LeadKind> kinds, int count) throws SQLException {
        List<Row> leased = new ArrayList<>();
        long from = Integer.MIN_VALUE;
        while (leased.size() < count) {
            OptionalInt priority = OptionalInt.empty();
            for (LeadKind kind : kinds) {
                OptionalInt of = nextPriority(lease.connection, lease.campaign, kind, from);
                if (of.isPresent() && (priority.isEmpty() || of.getAsInt() < priority.getAsInt())) {
                    priority = of;
                }
            }
            if (priority.isEmpty()) {
                return leased;
            }
            for (LeadKind kind : kinds) {
                Group group = new Group(lease.campaign, kind, priority.getAsInt());
                leased.addAll(take(lease, group, count - leased.size()));
            }
            from = priority.getAsInt() + 1L;
        }
        return leased;
    }

    private List<Row> take(Lease lease, Group group, int count) throws SQLException {
        List<Row> leased = new ArrayList<>();
        if (count > 0) {
            for (String grade : lease.order.inOrder(grades(lease.connection, group))) {
                if (leased.size() < count) {
                    List<Row> due = due(lease, group, grade, count - leased.size());
                    due.removeIf(row -> lease.held.contains(row.id));
                    leased.addAll(mark(lease.connection, due));
                }
            }
        }
        return leased;
    }

    /** Leads of one kind and priority. */
    private record Group(CampaignId campaign, LeadKind kind, int priority) {
        private void bind(PreparedStatement query) throws SQLException {
            query.setString(1, campaign.value());
            query.setString(2, kind.name());
            query.setInt(3, priority);
        }
    }

    private static OptionalInt nextPriority(Connection connection, CampaignId campaign, LeadKind kind, long from)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(NEXT_PRIORITY)) {
            query.setString(1, campaign.value());
            query.setString(2, kind.name());
            query.setLong(3, from);
            query.setInt(4, 1);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    /** The grades of a group, each found by one step in the index. */
    private static List<String> grades(Connection connection, Group group) throws SQLException {
        List<String> grades = new ArrayList<>();
        String grade = grade(connection, group, "");
        while (grade != null) {
            grades.add(grade);
            grade = grade(connection, group, grade + NEXT_TEXT);
        }
        return grades;
    }

    private static @Nullable String grade(Connection connection, Group group, String from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(GRADE)) {
            group.bind(query);
            query.setString(4, from);
            query.setInt(5, 1);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private List<Row> due(Lease lease, Group group, String grade, int count) throws SQLException {
        boolean isMixed = lease.order.followUpShare() != null;
        ListPlaces.Standing standing = new ListPlaces.Standing(group.priority, isMixed ? null : group.kind, grade);
        List<Row> found = new ArrayList<>();
        try (PreparedStatement query = lease.connection.prepareStatement(lockDue)) {
            group.bind(query);
            query.setString(4, grade);
            query.setLong(5, lease.now);
            query.setInt(6, count);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Row(
                            new LeadId(rows.getLong(1)),
                            rows.getLong(2),
                            rows.getInt(3),
                            rows.getInt(9),
                            traits(rows),
                            standing));
                }
            }
        }
        return found;
    }

    static LeadTraits traits(ResultSet row) throws SQLException {
        long consent = row.getLong(6);
        long known = row.wasNull() ? LeadTraits.NO_CONSENT : consent;
        return new LeadTraits(
                row.getString(4) != null,
                row.getString(5),
                known,
                LeadKind.valueOf(row.getString(7)),
                null,
                row.getString(8),
                0);
    }

    /** @return those that no one else took in the meantime */
    List<Row> mark(Connection connection, List<Row> due) throws SQLException {
        List<Row> marked = new ArrayList<>(due.size());
        if (due.isEmpty()) {
            return marked;
        }
        try (PreparedStatement update = connection.prepareStatement(LEASE)) {
            for (Row row : due) {
                update.setString(1, node);
                update.setLong(2, row.id.value());
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 1) {
                    marked.add(due.get(i));
                }
            }
        }
        return marked;
    }

    /** When the campaign's next lead falls due: a past time when one is due, {@link Long#MAX_VALUE} when there is none. */
    long nextDue(CampaignId campaign, long after) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            Connection connection = handle.getConnection();
            long next = Long.MAX_VALUE;
            for (LeadKind kind : LeadKind.values()) {
                OptionalInt priority = nextPriority(connection, campaign, kind, Integer.MIN_VALUE);
                while (priority.isPresent()) {
                    Group group = new Group(campaign, kind, priority.getAsInt());
                    for (String grade : grades(connection, group)) {
                        next = Math.min(next, nextDue(connection, group, grade, after));
                    }
                    priority = nextPriority(connection, campaign, kind, priority.getAsInt() + 1L);
                }
            }
            return next;
        });
    }

    private static long nextDue(Connection connection, Group group, String grade, long after) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(NEXT_DUE)) {
            group.bind(query);
            query.setString(4, grade);
            query.setLong(5, after);
            query.setInt(6, 1);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : Long.MAX_VALUE;
            }
        }
    }

    /** Who else holds leads of the campaign, one line for people; null for nobody. */
    @Nullable
    String heldElsewhere(CampaignId campaign) throws SQLException {
        if (!database.isShared()) {
            return null;
        }
        return database.jdbi().withHandle(handle -> {
            List<String> holders = new ArrayList<>();
            try (PreparedStatement query = handle.getConnection().prepareStatement(HELD_ELSEWHERE)) {
                query.setString(1, campaign.value());
                query.setString(2, node);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        holders.add("node " + rows.getString(1) + " holds " + rows.getLong(2));
                    }
                }
            }
            return holders.isEmpty() ? null : String.join(", ", holders);
        });
    }

    /** When the given numbers were attempted, whoever did it, since a time. */
    Map<Long, AttemptHistory> histories(List<Row> rows, long since) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            Map<Long, AttemptHistory> histories = new HashMap<>();
            Connection connection = handle.getConnection();
            try (PreparedStatement query = connection.prepareStatement(HISTORY + InList.marks(rows.size()))) {
                query.setLong(1, since);
                InList.bind(query, 2, rows.stream().map(Row::e164).toList());
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        add(histories.computeIfAbsent(found.getLong(1), _ -> new AttemptHistory()), found);
                    }
                }
            }
            return histories;
        });
    }

    private static void add(AttemptHistory history, ResultSet attempt) throws SQLException {
        history.add(attempt.getLong(2));
        String outcome = attempt.getString(3);
        if (Outcome.CONNECTED.name().equals(outcome)) {
            history.conversation(attempt.getLong(4));
        } else if (Outcome.ABANDONED.name().equals(outcome)) {
            history.abandoned(attempt.getLong(4));
        }
        long refusedAt = attempt.getLong(5);
        if (!attempt.wasNull()) {
            history.refused(refusedAt);
        }
    }

    /** Takes a lead out whose number is none any more. */
    void refuse(LeadId lead, String reason, long now) throws SQLException {
        database.write(handle -> {
            try (PreparedStatement update = handle.getConnection().prepareStatement(REFUSE)) {
                update.setString(1, reason);
                update.setLong(2, now);
                update.setLong(3, lead.value());
                update.setString(4, node);
                return update.executeUpdate();
            }
        });
    }

    /**
     * Offers again, at once, the campaign's leads that its rules put off or took out. Leads whose wait is that of the retry
     * plan keep it.
     *
     * @return how many
     */
    int offerRefused(CampaignId campaign) throws SQLException {
        long[] ids = database.jdbi().withHandle(handle -> firstAndLast(handle.getConnection(), campaign));
        int offered = 0;
        for (long from = ids[0]; from <= ids[1]; from += OFFERED_AT_ONCE) {
            long first = from;
            offered += database.write(handle -> {
                try (PreparedStatement update = handle.getConnection().prepareStatement(OFFER_REFUSED)) {
                    update.setString(1, campaign.value());
                    update.setLong(2, first);
                    update.setLong(3, first + OFFERED_AT_ONCE);
                    return update.executeUpdate();
                }
            });
        }
        return offered;
    }

    private static long[] firstAndLast(Connection connection, CampaignId campaign) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(IDS)) {
            query.setString(1, campaign.value());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long first = row.getLong(1);
                return row.wasNull() ? new long[] {1, 0} : new long[] {first, row.getLong(2)};
            }
        }
    }

    /** Releases leases of this node that the process does not know of: their lease's commit was in doubt. */
    int releaseUnknown(HeldLeads held) throws SQLException {
        return database.write(handle -> {
            Connection connection = handle.getConnection();
            List<Long> unknown = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(LEASED)) {
                query.setString(1, node);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        if (!held.contains(new LeadId(rows.getLong(1)))) {
                            unknown.add(rows.getLong(1));
                        }
                    }
                }
            }
            try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
                for (long lead : unknown) {
                    release.setLong(1, lead);
                    release.setString(2, node);
                    release.addBatch();
                }
                release.executeBatch();
                return unknown.size();
            }
        });
    }
}
