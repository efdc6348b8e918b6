package org.paceline.daemon.leads;

import static org.paceline.daemon.database.SqlWords.word;
import static org.paceline.daemon.database.SqlWords.words;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.SqlWords;
import org.paceline.daemon.database.StorableText;
import org.paceline.daemon.leads.KeptCallback.State;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.LeadId;

/**
 * Promised calls. A lead has at most one that is open, and then {@code lead.callback_id} names it: so both tables have one owner.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class CallbackTable {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 2_000;

    private static final String IS_OPEN = "state = " + word(State.OPEN);
    private static final String SELECT = "SELECT id, lead_id, campaign, e164, agent, due_at, made_by, made_at, state,"
            + " done_call, done_at, note FROM callback WHERE ";
    private static final String REPLACE = "UPDATE callback SET state = " + word(State.CANCELLED)
            + " WHERE lead_id = :lead AND made_at < :at AND " + IS_OPEN;
    /**
     * Makes a promise, which is cancelled at once where a newer one was written first. A lead goes back to what it was
     * before its first promise that is still open; a lead on the line goes on to what the call's end tells.
     */
    private static final String MAKE = "INSERT INTO callback (lead_id, campaign, e164, agent, due_at, made_by, made_at,"
            + " state, note, lead_attempts, lead_status) SELECT l.id, l.campaign, l.e164, CAST(:agent AS VARCHAR(200)),"
            + " CAST(:due AS BIGINT), CAST(:by AS VARCHAR(200)), CAST(:at AS BIGINT),"
            + " CASE WHEN EXISTS (SELECT 1 FROM callback c WHERE c.lead_id = l.id AND c.made_at > CAST(:at AS BIGINT))"
            + " THEN " + word(State.CANCELLED) + " ELSE " + word(State.OPEN)
            + " END, CAST(:note AS VARCHAR(2000)), CAST(:attempts AS INTEGER),"
            + " COALESCE((SELECT c.lead_status FROM callback c WHERE c.id = l.callback_id),"
            + " CASE l.status WHEN " + word(LeadStatus.NEW) + " THEN " + word(LeadStatus.NEW) + " WHEN "
            + word(LeadStatus.LEASED) + " THEN CAST(:whenLeased AS VARCHAR(8)) ELSE " + word(LeadStatus.DONE)
            + " END) FROM lead l WHERE l.id = :lead"
            + " AND NOT EXISTS (SELECT 1 FROM callback c WHERE c.lead_id = l.id AND c.made_at = CAST(:at AS BIGINT))";

    private static final String MADE = "SELECT id FROM callback WHERE lead_id = :lead AND made_at = :at AND " + IS_OPEN;
    private static final String MARK = "UPDATE lead SET callback_id = :id WHERE id = :lead";
    private static final String REOPEN = "UPDATE lead SET status = " + word(LeadStatus.NEW)
            + ", not_before = :due WHERE id = :lead AND status IN "
            + words(LeadStatus.NEW, LeadStatus.DONE, LeadStatus.REFUSED);
    private static final String UNMARK = "UPDATE lead SET callback_id = NULL WHERE callback_id = :id"
            + " AND id IN (SELECT lead_id FROM callback WHERE id = :id)";
    private static final String DONE = "UPDATE callback SET state = " + word(State.DONE)
            + ", done_call = :call, done_at = :at WHERE id = :id AND state <> " + word(State.DONE);
    private static final String OPEN_OF_LEAD =
            "SELECT id FROM callback WHERE lead_id = :lead AND made_at <= :at AND " + IS_OPEN;
    private static final String END = "UPDATE callback SET state = :state WHERE id = :id AND " + IS_OPEN;
    private static final String STATUS_BEFORE = "SELECT lead_status FROM callback WHERE id = :id";
    private static final String GO_BACK = "UPDATE lead SET status = (" + STATUS_BEFORE
            + "), not_before = 0 WHERE id = :lead AND status = " + word(LeadStatus.NEW);
    private static final String COUNT = "SELECT " + count(IS_OPEN) + " AS open, "
            + count(IS_OPEN + " AND due_at < :late") + " AS overdue, "
            + count("state = " + word(State.DONE)) + " AS done, "
            + count("state = " + word(State.DONE) + " AND done_at <= due_at + :onTime") + " AS on_time, "
            + count("state = " + word(State.MISSED)) + " AS missed"
            + " FROM callback WHERE campaign = :campaign AND due_at >= :since";

    private CallbackTable() {}

    private static String count(String condition) {
        return "COUNT(CASE WHEN " + condition + " THEN 1 END)";
    }

    /**
     * A promise.
     *
     * @param attempts how many attempts of the lead had ended by the callee's doing by then
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
     * Makes a promise, which replaces older ones of the lead; making it again changes nothing. Promises may be written
     * in another order than they were made, as a supervisor's is written at once and an agent's behind the calls: the
     * newest applies.
     *
     * @return its id, or null where there is no such lead, the promise was ended since, or a newer one replaces it
     */
    public static @Nullable Long make(Handle handle, Promise promise) {
        handle.createUpdate(REPLACE)
                .bind("lead", promise.lead)
                .bind("at", promise.madeAtEpochMillis)
                .execute();
        handle.createUpdate(MAKE)
                .bind("lead", promise.lead)
                .bind("agent", promise.agent)
                .bind("due", promise.dueAtEpochMillis)
                .bind("by", StorableText.of(promise.madeBy, LONGEST_NAME))
                .bind("at", promise.madeAtEpochMillis)
                .bind("note", promise.note == null ? null : StorableText.of(promise.note, LONGEST_NOTE))
                .bind("attempts", promise.attempts)
                .bind("whenLeased", (promise.settled ? LeadStatus.DONE : LeadStatus.NEW).name())
                .execute();
        Long id = id(handle.createQuery(MADE).bind("lead", promise.lead).bind("at", promise.madeAtEpochMillis));
        if (id != null) {
            handle.createUpdate(MARK).bind("id", id).bind("lead", promise.lead).execute();
            if (!promise.settled) {
                handle.createUpdate(REOPEN)
                        .bind("due", promise.dueAtEpochMillis)
                        .bind("lead", promise.lead)
                        .execute();
            }
        }
        return id;
    }

    /** Marks a promise as kept: an agent was connected in the call that was to keep it. */
    static void done(Handle handle, long id, CallId call, long atEpochMillis) {
        Update done = handle.createUpdate(DONE).bind("id", id).bind("call", call.value());
        done.bind("at", atEpochMillis).execute();
        unmark(handle, id);
    }

    private static void unmark(Handle handle, long id) {
        handle.createUpdate(UNMARK).bind("id", id).execute();
    }

    /** Ends the lead's open promise, if there is one, with that state. */
    public static void endOfLead(Handle handle, LeadId lead, State state) {
        endOfLead(handle, lead, state, Long.MAX_VALUE);
    }

    /** Ends the lead's open promise if it was made by then. Earlier versions may have left two open. */
    static void endOfLead(Handle handle, LeadId lead, State state, long madeByEpochMillis) {
        for (long open : handle.createQuery(OPEN_OF_LEAD)
                .bind("lead", lead.value())
                .bind("at", madeByEpochMillis)
                .mapTo(Long.class)
                .list()) {
            var _ = end(handle, open, state);
        }
    }

    private static boolean end(Handle handle, long id, State state) {
        if (handle.createUpdate(END).bind("state", state.name()).bind("id", id).execute() == 0) {
            return false;
        }
        unmark(handle, id);
        return true;
    }

    /**
     * Takes a promise back; a lead that waited for it gets the status that it had before.
     *
     * @return the lead's status before the promise, {@link LeadStatus#NEW} or {@link LeadStatus#DONE}; null where the
     *     promise was not open any more
     */
    public static @Nullable LeadStatus cancel(Handle handle, KeptCallback callback) {
        if (!end(handle, callback.id(), State.CANCELLED)) {
            return null;
        }
        handle.createUpdate(GO_BACK)
                .bind("id", callback.id())
                .bind("lead", callback.lead())
                .execute();
        return handle.createQuery(STATUS_BEFORE)
                .bind("id", callback.id())
                .map((row, _) -> SqlWords.read(row, "lead_status", LeadStatus.class))
                .one();
    }

    /** Returns the promise, or null where there is none. */
    public static @Nullable KeptCallback find(Handle handle, long id) {
        return handle.createQuery(SELECT + "id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne()
                .orElse(null);
    }

    /** Lists promises, the latest first. */
    public static List<KeptCallback> list(
            Handle handle,
            @Nullable String campaign,
            @Nullable String agent,
            @Nullable State state,
            long beforeId,
            int most) {
        String sql = SELECT + "id < :before" + (campaign == null ? "" : " AND campaign = :campaign")
                + (agent == null ? "" : " AND agent = :agent") + (state == null ? "" : " AND state = :state")
                + " ORDER BY id DESC FETCH FIRST :most ROWS ONLY";
        Query query = handle.createQuery(sql).bind("before", beforeId).bind("most", most);
        if (campaign != null) {
            query.bind("campaign", campaign);
        }
        if (agent != null) {
            query.bind("agent", agent);
        }
        if (state != null) {
            query.bind("state", state.name());
        }
        return query.map((row, _) -> read(row)).list();
    }

    /**
     * Counts a campaign's promises that were due since a time, by their state.
     *
     * @param onTimeMillis how late a callback may be and still be on time
     */
    public static CallbackFigures count(
            Handle handle, String campaign, long sinceEpochMillis, long nowEpochMillis, long onTimeMillis) {
        return handle.createQuery(COUNT)
                .bind("campaign", campaign)
                .bind("since", sinceEpochMillis)
                .bind("late", nowEpochMillis - onTimeMillis)
                .bind("onTime", onTimeMillis)
                .map((row, _) -> new CallbackFigures(
                        row.getLong("open"),
                        row.getLong("overdue"),
                        row.getLong("done"),
                        row.getLong("on_time"),
                        row.getLong("missed")))
                .one();
    }

    private static KeptCallback read(ResultSet row) throws SQLException {
        State state = SqlWords.read(row, "state", State.class);
        return new KeptCallback(
                row.getLong("id"),
                row.getLong("lead_id"),
                row.getString("campaign"),
                row.getLong("e164"),
                row.getString("agent"),
                row.getLong("due_at"),
                row.getString("made_by"),
                row.getLong("made_at"),
                state,
                state == State.DONE ? new KeptCallback.Done(row.getLong("done_call"), row.getLong("done_at")) : null,
                row.getString("note"));
    }

    private static @Nullable Long id(Query query) {
        return query.mapTo(Long.class).findOne().orElse(null);
    }
}
