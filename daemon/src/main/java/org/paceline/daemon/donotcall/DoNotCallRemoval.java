package org.paceline.daemon.donotcall;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.StorableText;
import org.paceline.daemon.leads.RefusedLeads;
import org.paceline.rules.OptOut;

/**
 * Takes a number's entries out again, notes who did it and why, and offers its refused leads again.
 *
 * <p>Thread: any; may block.
 */
public final class DoNotCallRemoval {
    private static final int LONGEST_WHO = 200;
    private static final int LONGEST_REASON = 500;

    private static final String KEEP = "INSERT INTO do_not_call_removal (e164, campaign, source, entered_at, until_at,"
            + " removed_at, removed_by, reason, version, kind) VALUES (:e164, :campaign, :source, :enteredAt, :untilAt,"
            + " :removedAt, :by, :reason, :version, :kind)";
    private static final String DELETE =
            "DELETE FROM do_not_call WHERE e164 = :e164 AND campaign = :campaign AND kind = :kind";

    private final Database database;

    /**
     * The entries to take out.
     *
     * @param campaign only the entries for this campaign, or null for every entry
     * @param kind the kind of entries: requests' or complaints'
     * @param source only the entries of this source, or null for every one
     * @param by who does it, {@code agent:alice}
     * @param reason one line that says why
     */
    public record Order(
            long e164,
            @Nullable String campaign,
            OptOut.Kind kind,
            @Nullable String source,
            String by,
            String reason,
            long atEpochMillis) {

        /** Makes an order for entries of any source. */
        public Order(
                long e164, @Nullable String campaign, OptOut.Kind kind, String by, String reason, long atEpochMillis) {
            this(e164, campaign, kind, null, by, reason, atEpochMillis);
        }
    }

    public DoNotCallRemoval(Database database) {
        this.database = database;
    }

    /** @return the entries that were taken out; none when there were none */
    public List<DoNotCallEntry> run(Order order) throws SQLException {
        return database.write(handle -> remove(handle, order));
    }

    /** Takes the entries out within the caller's transaction. */
    public static List<DoNotCallEntry> remove(Handle handle, Order order) throws SQLException {
        Connection connection = handle.getConnection();
        long version = DoNotCallTable.nextVersion(handle);
        long listVersion = ListTable.nextVersion(connection);
        List<DoNotCallEntry> removed = new ArrayList<>();
        for (DoNotCallEntry entry : DoNotCallTable.rowsOf(handle, order.e164)) {
            if (isMeant(entry, order)) {
                removed.add(entry);
                handle.createUpdate(DELETE)
                        .bind("e164", order.e164)
                        .bind("campaign", entry.campaignKey())
                        .bind("kind", entry.optOut().kind().name())
                        .execute();
            }
        }
        List<Long> lists = new ArrayList<>();
        ListTable.entriesOf(connection, order.e164, -1, (list, entry) -> {
            if (isMeant(entry, order)) {
                removed.add(entry);
                lists.add(list);
            }
        });
        for (long list : lists) {
            ListTable.remove(connection, list, order.e164, listVersion);
        }
        keep(handle, removed, order, version);
        RefusedLeads.offerListed(handle, order.e164);
        return removed;
    }

    private static boolean isMeant(DoNotCallEntry entry, Order order) {
        return entry.optOut().kind() == order.kind
                && (order.source == null || entry.optOut().source().equals(order.source))
                && (order.campaign == null || entry.campaignKey().equals(order.campaign));
    }

    private static void keep(Handle handle, List<DoNotCallEntry> removed, Order order, long version) {
        PreparedBatch batch = handle.prepareBatch(KEEP);
        for (DoNotCallEntry entry : removed) {
            batch.bind("e164", entry.e164())
                    .bind("campaign", entry.campaignKey())
                    .bind("source", entry.optOut().source())
                    .bind("enteredAt", entry.enteredAtEpochMillis())
                    .bind("untilAt", entry.optOut().untilEpochMillis())
                    .bind("removedAt", order.atEpochMillis)
                    .bind("by", StorableText.of(order.by, LONGEST_WHO))
                    .bind("reason", StorableText.of(order.reason, LONGEST_REASON))
                    .bind("version", version)
                    .bind("kind", entry.optOut().kind().name())
                    .add();
        }
        batch.execute();
    }
}
