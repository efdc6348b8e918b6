package org.paceline.daemon.leads;

import static org.paceline.daemon.database.SqlWords.word;
import static org.paceline.daemon.database.SqlWords.words;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.Refusal;

/**
 * Writes what becomes of leads that leave the engine, that a dead process had, or that an agent finishes.
 *
 * <p>{@link #write} is plain JDBC, because each attempt and each refusal goes through it, thousands in one batch.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class LeadSettlements {
    private static final String SETTLE =
            "UPDATE lead SET status = ?, not_before = COALESCE(?, not_before), attempts = attempts + ?,"
                    + " faults = faults + ?,"
                    + " last_outcome = COALESCE(?, last_outcome), refusal_rule = COALESCE(?, refusal_rule),"
                    + " refusal_reason = COALESCE(?, refusal_reason), refusal_citation = COALESCE(?, refusal_citation),"
                    + " refused_at = COALESCE(?, refused_at), lease_node = NULL"
                    + " WHERE id = ? AND status = " + word(LeadStatus.LEASED) + " AND lease_node = ?";
    private static final String INTERRUPT =
            "UPDATE lead SET status = :status, not_before = :notBefore, attempts = attempts + 1, faults = faults + 1,"
                    + " last_outcome = " + word(Outcome.INTERRUPTED) + ", lease_node = NULL WHERE id = :lead"
                    + " AND status IN " + words(LeadStatus.LEASED, LeadStatus.NEW)
                    + " AND (lease_node IS NULL OR lease_node = :holder)";
    private static final String FINISH = "UPDATE lead SET status = " + word(LeadStatus.DONE)
            + ", not_before = 0, lease_node = NULL WHERE id = :lead AND status IN "
            + words(LeadStatus.NEW, LeadStatus.LEASED, LeadStatus.REFUSED);

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_CITATION = 500;

    private LeadSettlements() {}

    /** @param node the node that has the leads; leads of others are left alone */
    public static void write(Handle handle, List<Settlement> settlements, String node) throws SQLException {
        if (settlements.isEmpty()) {
            return;
        }
        try (PreparedStatement update = handle.getConnection().prepareStatement(SETTLE)) {
            for (Settlement settlement : settlements) {
                update.setString(1, settlement.status().name());
                if (settlement.next() instanceof LeadNext.Untouched) {
                    update.setNull(2, Types.BIGINT);
                } else {
                    update.setLong(2, notBefore(settlement.next()));
                }
                update.setInt(3, settlement.attempts());
                update.setInt(4, settlement.faults());
                setText(
                        update,
                        5,
                        settlement.outcome() == null
                                ? null
                                : settlement.outcome().name());
                setRefusal(update, settlement.refusal());
                update.setLong(10, settlement.lead().value());
                update.setString(11, node);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void setRefusal(PreparedStatement update, @Nullable Refusal refusal) throws SQLException {
        if (refusal == null) {
            setText(update, 6, null);
            setText(update, 7, null);
            setText(update, 8, null);
            update.setNull(9, Types.BIGINT);
        } else {
            update.setString(6, refusal.verdict().rule().text());
            update.setString(7, StorableText.of(refusal.verdict().reason(), LONGEST_REASON));
            update.setString(8, StorableText.of(refusal.verdict().citation(), LONGEST_CITATION));
            update.setLong(9, refusal.atEpochMillis());
        }
    }

    private static long notBefore(LeadNext next) {
        return next instanceof LeadNext.RetryAt retry ? retry.epochMillis() : 0;
    }

    private static void setText(PreparedStatement statement, int index, @Nullable String text) throws SQLException {
        if (text == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, text);
        }
    }

    /**
     * Settles a lead whose call was in flight when its process died.
     *
     * @param holder the node that may have the lead
     * @return whether the lead was still that node's, or nobody's
     */
    public static boolean interrupt(Handle handle, LeadId lead, LeadNext next, String holder) {
        return handle.createUpdate(INTERRUPT)
                        .bind("status", LeadStatus.after(next).name())
                        .bind("notBefore", notBefore(next))
                        .bind("lead", lead.value())
                        .bind("holder", holder)
                        .execute()
                > 0;
    }

    /** Finishes a lead, so that nobody calls it again. */
    static void finish(Handle handle, LeadId lead) {
        handle.createUpdate(FINISH).bind("lead", lead.value()).execute();
    }
}
