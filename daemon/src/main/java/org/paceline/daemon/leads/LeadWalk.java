package org.paceline.daemon.leads;

import static org.paceline.daemon.database.SqlWords.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.SqlWords;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.dialer.lead.LeadTraits;

/**
 * Walks over the leads that may be leased, in the order of the index {@code lead_due}, one kind, priority and grade at
 * a time, so that a lease costs the same whether a thousand or a million leads wait.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
final class LeadWalk {
    /** Excludes leads with a promised call, which belong to {@link CallbackLeases}. */
    private static final String NOT_PROMISED = " AND callback_id IS NULL";

    private static final String OF_KIND =
            " FROM lead WHERE status = " + word(LeadStatus.NEW) + " AND campaign = :campaign AND kind = :kind";
    private static final String OF_GROUP = OF_KIND + " AND priority = :priority";
    private static final String ORDER = " ORDER BY status, campaign, kind, priority, grade_key, not_before, id";
    private static final String FIRST = ORDER + " FETCH FIRST ROW ONLY";
    private static final String NEXT_PRIORITY = "SELECT priority" + OF_KIND + " AND priority >= :from" + FIRST;
    private static final String NEXT_GRADE = "SELECT grade_key" + OF_GROUP + " AND grade_key >= :from" + FIRST;
    private static final String NEXT_DUE =
            "SELECT not_before" + OF_GROUP + " AND grade_key = :grade AND not_before > :after" + NOT_PROMISED + FIRST;
    private static final String DUE =
            "SELECT id, e164, attempts, faults, name, grade, consent_at, kind, segment" + OF_GROUP
                    + " AND grade_key = :grade AND not_before <= :now" + NOT_PROMISED + ORDER
                    + " FETCH FIRST :most ROWS ONLY";
    /** Appended to a text, makes the next greater one; H2 would walk over all equal texts to find a greater one. */
    private static final char NEXT_TEXT = '\u0001';

    private final String lockDue;

    LeadWalk(Database database) {
        // H2 would read and lock every due row before it sorts, and a single process has no other to skip.
        this.lockDue = database.isShared() ? DUE + " FOR UPDATE SKIP LOCKED" : DUE;
    }

    /** Leads of one kind and priority. */
    record Group(CampaignId campaign, LeadKind kind, int priority) {
        private Query query(Handle handle, String sql) {
            return kindQuery(handle, sql, campaign, kind).bind("priority", priority);
        }
    }

    private static Query kindQuery(Handle handle, String sql, CampaignId campaign, LeadKind kind) {
        return handle.createQuery(sql).bind("campaign", campaign.value()).bind("kind", kind.name());
    }

    /** Returns the first priority, from that number on, that has a lead. */
    static OptionalInt nextPriority(Handle handle, CampaignId campaign, LeadKind kind, long from) {
        return kindQuery(handle, NEXT_PRIORITY, campaign, kind)
                .bind("from", from)
                .mapTo(Integer.class)
                .findOne()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    /** Returns the grades of a group, each found by one step in the index. */
    static List<String> grades(Handle handle, Group group) {
        List<String> grades = new ArrayList<>();
        String grade = nextGrade(handle, group, "");
        while (grade != null) {
            grades.add(grade);
            grade = nextGrade(handle, group, grade + NEXT_TEXT);
        }
        return grades;
    }

    private static @Nullable String nextGrade(Handle handle, Group group, String from) {
        return group.query(handle, NEXT_GRADE)
                .bind("from", from)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    /** Returns leads of the group and grade that are due, the longest due first. */
    List<LeasedLead> due(
            Handle handle, Group group, String grade, ListPlaces.Rank rank, long nowEpochMillis, int most) {
        return new ArrayList<>(group.query(handle, lockDue)
                .bind("grade", grade)
                .bind("now", nowEpochMillis)
                .bind("most", most)
                .map((row, _) -> new LeasedLead(
                        new LeadId(row.getLong("id")),
                        row.getLong("e164"),
                        row.getInt("attempts"),
                        row.getInt("faults"),
                        traits(row),
                        rank))
                .list());
    }

    /**
     * Returns when the campaign's next lead falls due: a past time when one is due, {@link Long#MAX_VALUE} when there
     * is none.
     */
    static long nextDue(Handle handle, CampaignId campaign, long after) {
        long next = Long.MAX_VALUE;
        for (LeadKind kind : LeadKind.values()) {
            OptionalInt priority = nextPriority(handle, campaign, kind, Integer.MIN_VALUE);
            while (priority.isPresent()) {
                Group group = new Group(campaign, kind, priority.getAsInt());
                for (String grade : grades(handle, group)) {
                    next = Math.min(next, nextDue(handle, group, grade, after));
                }
                priority = nextPriority(handle, campaign, kind, priority.getAsInt() + 1L);
            }
        }
        return next;
    }

    private static long nextDue(Handle handle, Group group, String grade, long after) {
        return group.query(handle, NEXT_DUE)
                .bind("grade", grade)
                .bind("after", after)
                .mapTo(Long.class)
                .findOne()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Reads a lead's traits from the columns {@code name}, {@code grade}, {@code consent_at}, {@code kind}, {@code
     * segment}.
     */
    static LeadTraits traits(ResultSet row) throws SQLException {
        long consent = row.getLong("consent_at");
        long known = row.wasNull() ? LeadTraits.NO_CONSENT : consent;
        return new LeadTraits(
                row.getString("name") != null,
                row.getString("grade"),
                known,
                SqlWords.read(row, "kind", LeadKind.class),
                null,
                row.getString("segment"),
                0);
    }
}
