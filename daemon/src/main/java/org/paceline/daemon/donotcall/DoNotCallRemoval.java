package org.paceline.daemon.donotcall;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.StorableText;
import org.paceline.rules.OptOut;

/**
 * Takes a number's entries out again, keeps who did it and why, and offers its refused leads again.
 *
 * <p>Thread: any; may block.
 */
public final class DoNotCallRemoval {
    private static final int LONGEST_WHO = 200;
    private static final int LONGEST_REASON = 500;

    private static final String KEEP = "INSERT INTO do_not_call_removal (e164, campaign, source, entered_at, until_at,"
            + " removed_at, removed_by, reason, version, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE = "DELETE FROM do_not_call WHERE e164 = ? AND campaign = ? AND kind = ?";
    private static final String OFFER =
            "UPDATE lead SET status = 'NEW', not_before = 0 WHERE refusal_rule IN ('optout', 'complaint')"
                    + " AND status IN ('NEW', 'REFUSED')"
                    + " AND refused_at >= (SELECT COALESCE(MAX(ended_at), 0) FROM attempt WHERE attempt.e164 = lead.e164)";

    private final Database database;

    /**
     * What is to be taken out.
     *
     * @param campaign only the entries for this campaign, or null for every entry
     * @param kind a request's entries, or those of a complaint
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

        /** Of whatever source. */
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
        return database.write(handle -> remove(handle.getConnection(), order));
    }

    /** The same within the caller's transaction. */
    public static List<DoNotCallEntry> remove(Connection connection, Order order) throws SQLException {
        long version = DoNotCallTable.nextVersion(connection);
        long listVersion = ListTable.nextVersion(connection);
        List<DoNotCallEntry> removed = new ArrayList<>();
        for (DoNotCallEntry entry : DoNotCallTable.rowsOf(connection, order.e164)) {
            if (isMeant(entry, order)) {
                removed.add(entry);
                try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                    delete.setLong(1, order.e164);
                    delete.setString(2, entry.campaignKey());
                    delete.setString(3, entry.optOut().kind().name());
                    delete.executeUpdate();
                }
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
        keep(connection, removed, order, version);
        offerAgain(connection, order.e164);
        return removed;
    }

    private static boolean isMeant(DoNotCallEntry entry, Order order) {
        return entry.optOut().kind() == order.kind
                && (order.source == null || entry.optOut().source().equals(order.source))
                && (order.campaign == null || entry.campaignKey().equals(order.campaign));
    }

    private static void keep(Connection connection, List<DoNotCallEntry> removed, Order order, long version)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
            for (DoNotCallEntry entry : removed) {
                insert.setLong(1, entry.e164());
                insert.setString(2, entry.campaignKey());
                insert.setString(3, entry.optOut().source());
                insert.setLong(4, entry.enteredAtEpochMillis());
                insert.setLong(5, entry.optOut().untilEpochMillis());
                insert.setLong(6, order.atEpochMillis);
                insert.setString(7, StorableText.of(order.by, LONGEST_WHO));
                insert.setString(8, StorableText.of(order.reason, LONGEST_REASON));
                insert.setLong(9, version);
                insert.setString(10, entry.optOut().kind().name());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void offerAgain(Connection connection, long e164) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(OFFER + " AND e164 = ?")) {
            update.setLong(1, e164);
            update.executeUpdate();
        }
    }

    /** Has the leads judged anew that the list refused; those that still stand on it are refused again. */
    static void offerAll(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(OFFER)) {
            update.executeUpdate();
        }
    }
}
