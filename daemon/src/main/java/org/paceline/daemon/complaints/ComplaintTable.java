package org.paceline.daemon.complaints;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.complaints.Complaint.Which;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.event.Effect;

/**
 * The complaints' SQL.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class ComplaintTable {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 2_000;

    private static final String COLUMNS = "id, e164, campaign, call_id, lead_id, entered_at, entered_by, owner, due_at,"
            + " text, result, closed_at, closed_by";
    private static final String OPEN =
            "INSERT INTO complaint (e164, campaign, call_id, lead_id, entered_at, entered_by,"
                    + " owner, due_at, text, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN')";
    private static final String OPEN_OF_CALL = "INSERT INTO complaint (e164, campaign, call_id, lead_id, entered_at,"
            + " entered_by, owner, due_at, text, state) SELECT a.e164, a.campaign, a.call_id, a.lead_id,"
            + " CAST(? AS BIGINT), CAST(? AS VARCHAR(200)), CAST(? AS VARCHAR(200)), CAST(? AS BIGINT),"
            + " CAST(? AS VARCHAR(2000)), 'OPEN' FROM attempt a WHERE a.call_id = ?"
            + " AND NOT EXISTS (SELECT 1 FROM complaint c WHERE c.call_id = a.call_id)";
    private static final String FIND = "SELECT " + COLUMNS + " FROM complaint WHERE id = ?";
    private static final String OTHER_OPEN =
            "SELECT MIN(id) FROM complaint WHERE e164 = ? AND state = 'OPEN' AND id <> ?";
    private static final String CLOSE =
            "UPDATE complaint SET state = 'CLOSED', result = ?, closed_at = ?, closed_by = ?"
                    + " WHERE id = ? AND state = 'OPEN'";
    private static final String ADD_NOTE =
            "INSERT INTO complaint_note (complaint, at, author, text) VALUES (?, ?, ?, ?)";
    private static final String NOTES = "SELECT at, author, text FROM complaint_note WHERE complaint = ? ORDER BY id";
    private static final String NEWLY_OVERDUE =
            "SELECT " + COLUMNS + " FROM complaint WHERE state = 'OPEN' AND due_at < ? AND overdue_told_at IS NULL";
    private static final String TOLD =
            "UPDATE complaint SET overdue_told_at = ? WHERE id = ? AND overdue_told_at IS NULL";
    private static final String COUNT = "SELECT COUNT(*) FROM complaint WHERE state = 'OPEN' AND due_at < ?";

    private ComplaintTable() {}

    /** @param opened without an id and not closed */
    static long open(Connection connection, Complaint opened) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(OPEN, new String[] {"id"})) {
            insert.setLong(1, opened.e164());
            insert.setString(2, opened.campaign());
            setNumber(insert, 3, opened.call());
            setNumber(insert, 4, opened.lead());
            insert.setLong(5, opened.enteredAtEpochMillis());
            insert.setString(6, StorableText.of(opened.enteredBy(), LONGEST_NAME));
            insert.setString(7, StorableText.of(opened.owner(), LONGEST_NAME));
            insert.setLong(8, opened.dueAtEpochMillis());
            insert.setString(9, StorableText.of(opened.text(), LONGEST_TEXT));
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("a new complaint has no id");
                }
                return keys.getLong(1);
            }
        }
    }

    /** Opens a case for each call that an agent says was complained on; one a call, however often it is said. */
    public static void openFromCalls(Connection connection, List<Effect.CallDisposed> disposed, ComplaintTerms terms)
            throws SQLException {
        for (Effect.CallDisposed entry : disposed) {
            if (entry.disposition().meaning() == Disposition.Meaning.COMPLAINT) {
                try (PreparedStatement insert = connection.prepareStatement(OPEN_OF_CALL)) {
                    insert.setLong(1, entry.atEpochMillis());
                    insert.setString(2, StorableText.of("agent:" + entry.agent(), LONGEST_NAME));
                    insert.setString(3, terms.owner());
                    insert.setLong(4, entry.atEpochMillis() + terms.due().toMillis());
                    insert.setString(5, "disposition " + entry.disposition().name());
                    insert.setLong(6, entry.call().value());
                    insert.executeUpdate();
                }
            }
        }
    }

    static @Nullable Complaint find(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setLong(1, id);
            List<Complaint> found = read(query);
            return found.isEmpty() ? null : found.getFirst();
        }
    }

    /** The latest first. */
    static List<Complaint> list(Connection connection, Which which, long beforeId, int most, long now)
            throws SQLException {
        String condition = switch (which) {
            case ALL -> "";
            case OPEN -> " AND state = 'OPEN'";
            case CLOSED -> " AND state = 'CLOSED'";
            case OVERDUE -> " AND state = 'OPEN' AND due_at < ?";
        };
        String sql = "SELECT " + COLUMNS + " FROM complaint WHERE id < ?" + condition + " ORDER BY id DESC FETCH FIRST "
                + most + " ROWS ONLY";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, beforeId);
            if (which == Which.OVERDUE) {
                query.setLong(2, now);
            }
            return read(query);
        }
    }

    /** Another open case of the same number, or null. */
    static @Nullable Long otherOpen(Connection connection, Complaint complaint) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OTHER_OPEN)) {
            query.setLong(1, complaint.e164());
            query.setLong(2, complaint.id());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long id = row.getLong(1);
                return row.wasNull() ? null : id;
            }
        }
    }

    /** @return whether it was open */
    static boolean close(Connection connection, long id, Complaint.Closing closing) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(CLOSE)) {
            update.setString(1, StorableText.of(closing.result(), LONGEST_TEXT));
            update.setLong(2, closing.atEpochMillis());
            update.setString(3, StorableText.of(closing.by(), LONGEST_NAME));
            update.setLong(4, id);
            return update.executeUpdate() == 1;
        }
    }

    static void addNote(Connection connection, long id, Complaint.Note note) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD_NOTE)) {
            insert.setLong(1, id);
            insert.setLong(2, note.atEpochMillis());
            insert.setString(3, StorableText.of(note.by(), LONGEST_NAME));
            insert.setString(4, StorableText.of(note.text(), LONGEST_TEXT));
            insert.executeUpdate();
        }
    }

    /** The oldest first. */
    static List<Complaint.Note> notes(Connection connection, long id) throws SQLException {
        List<Complaint.Note> notes = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(NOTES)) {
            query.setLong(1, id);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    notes.add(new Complaint.Note(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return notes;
    }

    /** Takes the cases whose due time has passed and of which nobody was told; no one is given them again. */
    static List<Complaint> takeNewlyOverdue(Connection connection, long now) throws SQLException {
        List<Complaint> found;
        try (PreparedStatement query = connection.prepareStatement(NEWLY_OVERDUE)) {
            query.setLong(1, now);
            found = read(query);
        }
        List<Complaint> taken = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(TOLD)) {
            for (Complaint complaint : found) {
                update.setLong(1, now);
                update.setLong(2, complaint.id());
                if (update.executeUpdate() == 1) {
                    taken.add(complaint);
                }
            }
        }
        return taken;
    }

    /** Open cases that were due before that time. */
    static long countOpen(Connection connection, long dueBefore) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COUNT)) {
            query.setLong(1, dueBefore);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static List<Complaint> read(PreparedStatement query) throws SQLException {
        List<Complaint> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String result = row.getString(11);
                found.add(new Complaint(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        number(row, 4),
                        number(row, 5),
                        row.getLong(6),
                        row.getString(7),
                        row.getString(8),
                        row.getLong(9),
                        row.getString(10),
                        result == null ? null : new Complaint.Closing(result, row.getLong(12), row.getString(13))));
            }
        }
        return found;
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static void setNumber(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }
}
