package org.paceline.daemon.complaints;

import static org.paceline.daemon.database.SqlWords.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.complaints.Complaint.Which;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.event.Effect;

/**
 * Complaints, and what was done about them.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class ComplaintTable {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 2_000;

    private static final String IS_OPEN = "state = " + word(State.OPEN);
    private static final String SELECT = "SELECT id, e164, campaign, call_id, lead_id, entered_at, entered_by, owner,"
            + " due_at, text, result, closed_at, closed_by FROM complaint WHERE ";
    private static final String OPEN =
            "INSERT INTO complaint (e164, campaign, call_id, lead_id, entered_at, entered_by, owner, due_at, text, state)"
                    + " VALUES (:e164, :campaign, :call, :lead, :at, :by, :owner, :due, :text, " + word(State.OPEN)
                    + ")";
    private static final String OPEN_OF_CALL = "INSERT INTO complaint (e164, campaign, call_id, lead_id, entered_at,"
            + " entered_by, owner, due_at, text, state) SELECT a.e164, a.campaign, a.call_id, a.lead_id,"
            + " CAST(:at AS BIGINT), CAST(:by AS VARCHAR(200)), CAST(:owner AS VARCHAR(200)), CAST(:due AS BIGINT),"
            + " CAST(:text AS VARCHAR(2000)), " + word(State.OPEN) + " FROM attempt a WHERE a.call_id = :call"
            + " AND NOT EXISTS (SELECT 1 FROM complaint c WHERE c.call_id = a.call_id)";
    private static final String OTHER_OPEN =
            "SELECT MIN(id) FROM complaint WHERE e164 = :e164 AND id <> :id AND " + IS_OPEN;
    private static final String CLOSE = "UPDATE complaint SET state = " + word(State.CLOSED)
            + ", result = :result, closed_at = :at, closed_by = :by WHERE id = :id AND " + IS_OPEN;
    private static final String ADD_NOTE =
            "INSERT INTO complaint_note (complaint, at, author, text) VALUES (:complaint, :at, :by, :text)";
    private static final String NOTES =
            "SELECT at, author, text FROM complaint_note WHERE complaint = :complaint ORDER BY id";
    private static final String NEWLY_OVERDUE = SELECT + "due_at < :now AND overdue_told_at IS NULL AND " + IS_OPEN;
    private static final String TOLD =
            "UPDATE complaint SET overdue_told_at = :now WHERE id = :id AND overdue_told_at IS NULL";
    private static final String COUNT = "SELECT COUNT(*) FROM complaint WHERE due_at < :before AND " + IS_OPEN;

    private ComplaintTable() {}

    /** The words of {@code complaint.state}. */
    private enum State {
        OPEN,
        CLOSED
    }

    /**
     * @param opened the case, without an id and not closed
     * @return its id
     */
    static long open(Handle handle, Complaint opened) {
        return handle.createUpdate(OPEN)
                .bind("e164", opened.e164())
                .bind("campaign", opened.campaign())
                .bind("call", opened.call())
                .bind("lead", opened.lead())
                .bind("at", opened.enteredAtEpochMillis())
                .bind("by", StorableText.of(opened.enteredBy(), LONGEST_NAME))
                .bind("owner", StorableText.of(opened.owner(), LONGEST_NAME))
                .bind("due", opened.dueAtEpochMillis())
                .bind("text", StorableText.of(opened.text(), LONGEST_TEXT))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /**
     * Opens a case for each call that an agent says was complained about; one for each call, however often it is said.
     */
    public static void openFromCalls(Handle handle, List<Effect.CallDisposed> disposed, ComplaintTerms terms) {
        for (Effect.CallDisposed entry : disposed) {
            if (entry.disposition().meaning() == Disposition.Meaning.COMPLAINT) {
                handle.createUpdate(OPEN_OF_CALL)
                        .bind("call", entry.call().value())
                        .bind("at", entry.atEpochMillis())
                        .bind("by", StorableText.of("agent:" + entry.agent(), LONGEST_NAME))
                        .bind("owner", terms.owner())
                        .bind("due", entry.atEpochMillis() + terms.due().toMillis())
                        .bind("text", "disposition " + entry.disposition().name())
                        .execute();
            }
        }
    }

    static @Nullable Complaint find(Handle handle, long id) {
        return handle.createQuery(SELECT + "id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne()
                .orElse(null);
    }

    /** Lists cases, the latest first. */
    static List<Complaint> list(Handle handle, Which which, long beforeId, int most, long now) {
        String condition = switch (which) {
            case ALL -> "";
            case OPEN -> " AND " + IS_OPEN;
            case CLOSED -> " AND state = " + word(State.CLOSED);
            case OVERDUE -> " AND due_at < :now AND " + IS_OPEN;
        };
        Query query = handle.createQuery(
                        SELECT + "id < :before" + condition + " ORDER BY id DESC FETCH FIRST :most ROWS ONLY")
                .bind("before", beforeId)
                .bind("most", most);
        if (which == Which.OVERDUE) {
            query.bind("now", now);
        }
        return query.map((row, _) -> read(row)).list();
    }

    /** Returns another open case of the same number, or null. */
    static @Nullable Long otherOpen(Handle handle, Complaint complaint) {
        return handle.createQuery(OTHER_OPEN)
                .bind("e164", complaint.e164())
                .bind("id", complaint.id())
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
    }

    /** @return whether it was open */
    static boolean close(Handle handle, long id, Complaint.Closing closing) {
        return handle.createUpdate(CLOSE)
                        .bind("result", StorableText.of(closing.result(), LONGEST_TEXT))
                        .bind("at", closing.atEpochMillis())
                        .bind("by", StorableText.of(closing.by(), LONGEST_NAME))
                        .bind("id", id)
                        .execute()
                == 1;
    }

    static void addNote(Handle handle, long id, Complaint.Note note) {
        handle.createUpdate(ADD_NOTE)
                .bind("complaint", id)
                .bind("at", note.atEpochMillis())
                .bind("by", StorableText.of(note.by(), LONGEST_NAME))
                .bind("text", StorableText.of(note.text(), LONGEST_TEXT))
                .execute();
    }

    /** Returns the notes, the oldest first. */
    static List<Complaint.Note> notes(Handle handle, long id) {
        return handle.createQuery(NOTES)
                .bind("complaint", id)
                .map((row, _) -> new Complaint.Note(row.getLong("at"), row.getString("author"), row.getString("text")))
                .list();
    }

    /** Takes the overdue cases of which nobody was told yet; each is given once, over all nodes. */
    static List<Complaint> takeNewlyOverdue(Handle handle, long now) {
        List<Complaint> taken = new ArrayList<>();
        for (Complaint complaint : handle.createQuery(NEWLY_OVERDUE)
                .bind("now", now)
                .map((row, _) -> read(row))
                .list()) {
            if (handle.createUpdate(TOLD)
                            .bind("now", now)
                            .bind("id", complaint.id())
                            .execute()
                    == 1) {
                taken.add(complaint);
            }
        }
        return taken;
    }

    /** Counts the open cases that were due before that time. */
    static long countOpen(Handle handle, long dueBefore) {
        return handle.createQuery(COUNT)
                .bind("before", dueBefore)
                .mapTo(Long.class)
                .one();
    }

    private static Complaint read(ResultSet row) throws SQLException {
        String result = row.getString("result");
        return new Complaint(
                row.getLong("id"),
                row.getLong("e164"),
                row.getString("campaign"),
                number(row, "call_id"),
                number(row, "lead_id"),
                row.getLong("entered_at"),
                row.getString("entered_by"),
                row.getString("owner"),
                row.getLong("due_at"),
                row.getString("text"),
                result == null
                        ? null
                        : new Complaint.Closing(result, row.getLong("closed_at"), row.getString("closed_by")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
