package org.paceline.daemon.leads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.StorableText;
import org.paceline.daemon.leads.KeptCallback.State;

/**
 * The callbacks' SQL. A lead has at most one that is open, and then {@code lead.callback_id} names it.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class CallbackTable {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 2_000;

    private static final String COLUMNS =
            "id, lead_id, campaign, e164, agent, due_at, made_by, made_at, state," + " done_call, done_at, note";
    private static final String REPLACE =
            "UPDATE callback SET state = 'CANCELLED' WHERE lead_id = ? AND state = 'OPEN' AND made_at < ?";
    private static final String MAKE = "INSERT INTO callback (lead_id, campaign, e164, agent, due_at, made_by, made_at,"
            + " state, note, lead_attempts, lead_status) SELECT l.id, l.campaign, l.e164, CAST(? AS VARCHAR(200)),"
            + " CAST(? AS BIGINT), CAST(? AS VARCHAR(200)), CAST(? AS BIGINT), 'OPEN', CAST(? AS VARCHAR(2000)),"
            + " CAST(? AS INTEGER), COALESCE((SELECT c.lead_status FROM callback c WHERE c.id = l.callback_id),"
            + " CASE l.status WHEN 'NEW' THEN 'NEW' WHEN 'LEASED' THEN CAST(? AS VARCHAR(8)) ELSE 'DONE' END)"
            + " FROM lead l WHERE l.id = ?"
            + " AND NOT EXISTS (SELECT 1 FROM callback c WHERE c.lead_id = l.id AND c.made_at = CAST(? AS BIGINT))";
    private static final String MADE = "SELECT id FROM callback WHERE lead_id = ? AND made_at = ? AND state = 'OPEN'";
    private static final String MARK = "UPDATE lead SET callback_id = ? WHERE id = ?";
    private static final String REOPEN =
            "UPDATE lead SET status = 'NEW', not_before = ? WHERE id = ? AND status IN ('NEW', 'DONE', 'REFUSED')";
    private static final String UNMARK =
            "UPDATE lead SET callback_id = NULL WHERE callback_id = ? AND id IN (SELECT lead_id FROM callback WHERE id = ?)";
    private static final String DONE =
            "UPDATE callback SET state = 'DONE', done_call = ?, done_at = ? WHERE id = ?" + " AND state <> 'DONE'";
    private static final String OPEN_OF_LEAD =
            "SELECT id FROM callback WHERE lead_id = ? AND state = 'OPEN' AND made_at <= ?";
    private static final String END = "UPDATE callback SET state = ? WHERE id = ? AND state = 'OPEN'";
    private static final String FIND = "SELECT " + COLUMNS + " FROM callback WHERE id = ?";
    private static final String GO_BACK = "UPDATE lead SET status = (SELECT lead_status FROM callback WHERE id = ?),"
            + " not_before = 0 WHERE id = ? AND status = 'NEW'";

    private CallbackTable() {}

    /**
     * A promise.
     *
     * @param attempts how many of the lead had ended by the callee's doing by then
     * @param settled whether something else tells what becomes of the lead
     */
    public record Promise(
            long lead,
            @Nullable String agent,
            long dueAtEpochMillis,
            int attempts,
            String madeBy,
            @Nullable String note,
            boolean settled,
            long madeAtEpochMillis) {}

    /**
     * Makes a promise in the place of the one before; making it again changes nothing.
     *
     * @return its id, or null where there is no such lead, or it was ended since
     */
    public static @Nullable Long make(Connection connection, Promise promise) throws SQLException {
        update(connection, REPLACE, promise.lead, promise.madeAtEpochMillis);
        try (PreparedStatement insert = connection.prepareStatement(MAKE)) {
            setText(insert, 1, promise.agent);
            insert.setLong(2, promise.dueAtEpochMillis);
            insert.setString(3, StorableText.of(promise.madeBy, LONGEST_NAME));
            insert.setLong(4, promise.madeAtEpochMillis);
            setText(insert, 5, promise.note == null ? null : StorableText.of(promise.note, LONGEST_NOTE));
            insert.setInt(6, promise.attempts);
            insert.setString(7, promise.settled ? "DONE" : "NEW");
            insert.setLong(8, promise.lead);
            insert.setLong(9, promise.madeAtEpochMillis);
            insert.executeUpdate();
        }
        Long id = number(connection, MADE, promise.lead, promise.madeAtEpochMillis);
        if (id != null) {
            update(connection, MARK, id, promise.lead);
            if (!promise.settled) {
                update(connection, REOPEN, promise.dueAtEpochMillis, promise.lead);
            }
        }
        return id;
    }

    /** An agent was connected in the call that was to keep it. */
    public static void done(Connection connection, long id, long call, long atEpochMillis) throws SQLException {
        update(connection, DONE, call, atEpochMillis, id);
        update(connection, UNMARK, id, id);
    }

    /** The lead's promise, if one is open, ends so. */
    public static void endOfLead(Connection connection, long lead, State state) throws SQLException {
        endOfLead(connection, lead, state, Long.MAX_VALUE);
    }

    /** The same of one that was made by then. */
    public static void endOfLead(Connection connection, long lead, State state, long madeByEpochMillis)
            throws SQLException {
        Long open = number(connection, OPEN_OF_LEAD, lead, madeByEpochMillis);
        if (open != null) {
            end(connection, open, state);
        }
    }

    /** @return whether it was open */
    public static boolean end(Connection connection, long id, State state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(END)) {
            update.setString(1, state.name());
            update.setLong(2, id);
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        update(connection, UNMARK, id, id);
        return true;
    }

    /** Takes it back; a lead that waited for it is again what it was before. */
    public static boolean cancel(Connection connection, KeptCallback callback) throws SQLException {
        if (!end(connection, callback.id(), State.CANCELLED)) {
            return false;
        }
        update(connection, GO_BACK, callback.id(), callback.lead());
        return true;
    }

    /** What the lead was before the promise: {@code NEW} or {@code DONE}. */
    public static String statusBefore(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT lead_status FROM callback WHERE id = ?")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "DONE";
            }
        }
    }

    public static @Nullable KeptCallback find(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setLong(1, id);
            List<KeptCallback> found = read(query);
            return found.isEmpty() ? null : found.getFirst();
        }
    }

    /** The latest first. */
    public static List<KeptCallback> list(
            Connection connection,
            @Nullable String campaign,
            @Nullable String agent,
            @Nullable State state,
            long beforeId,
            int most)
            throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM callback WHERE id < ?" + (campaign == null ? "" : " AND campaign = ?")
                + (agent == null ? "" : " AND agent = ?") + (state == null ? "" : " AND state = ?")
                + " ORDER BY id DESC FETCH FIRST " + most + " ROWS ONLY";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            int index = 1;
            query.setLong(index++, beforeId);
            for (String value : new @Nullable String[] {campaign, agent, state == null ? null : state.name()}) {
                if (value != null) {
                    query.setString(index++, value);
                }
            }
            return read(query);
        }
    }

    private static List<KeptCallback> read(PreparedStatement query) throws SQLException {
        List<KeptCallback> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                State state = State.valueOf(row.getString(9));
                found.add(new KeptCallback(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getLong(8),
                        state,
                        state == State.DONE ? new KeptCallback.Done(row.getLong(10), row.getLong(11)) : null,
                        row.getString(12)));
            }
        }
        return found;
    }

    private static void update(Connection connection, String sql, long... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setLong(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }

    private static @Nullable Long number(Connection connection, String sql, long... values) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                query.setLong(i + 1, values[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    private static void setText(PreparedStatement statement, int index, @Nullable String text) throws SQLException {
        if (text == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, text);
        }
    }
}
