package org.paceline.daemon.calls;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.Outcome;

/**
 * Reads calls.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class CallArchive {
    private static final String CALLS = "SELECT a.call_id, a.lead_id, l.name, a.e164, a.campaign,"
            + " (SELECT m.matter FROM campaign_matter m WHERE m.campaign = a.campaign AND m.node = a.node"
            + " AND m.since <= a.planned_at ORDER BY m.since DESC FETCH FIRST ROW ONLY), a.trunk, a.caller_id,"
            + " a.planned_at, a.dialled_at, a.ringing_at, a.answered_at, a.connected_at, a.ended_at, a.outcome,"
            + " a.sip_status, a.agent, d.disposition, d.meaning, a.script_version,"
            + " a.greeting_began_millis, a.greeting_ended_millis FROM attempt a LEFT JOIN lead l ON l.id = a.lead_id"
            + " LEFT JOIN call_disposition d ON d.call_id = a.call_id WHERE ";

    private final Database database;

    /**
     * A choice of calls; null values allow any.
     *
     * @param from only calls planned at or after that time, epoch milliseconds
     * @param to only calls planned before that time
     */
    public record Filter(
            @Nullable String campaign,
            @Nullable String agent,
            long from,
            long to,
            @Nullable Outcome outcome) {}

    /** The call that ended the page before: of the calls planned at the same time, those with lower ids follow. */
    public record Cursor(long plannedAtEpochMillis, long call) {
        public static final Cursor LATEST = new Cursor(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    public CallArchive(Database database) {
        this.database = database;
    }

    /** Returns the call, or null where there is none. */
    public @Nullable KeptCall find(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(CALLS + "a.call_id = :id")
                        .bind("id", id)
                        .map((row, _) -> read(row))
                        .findOne()
                        .orElse(null));
    }

    /**
     * Returns the call's recordings in the order of their names, its notes, its complaints, and the promises that it
     * kept.
     */
    public KeptCall.Links links(long call) {
        return database.jdbi()
                .withHandle(handle -> new KeptCall.Links(
                        RecordingTable.of(handle, call),
                        NoteTable.of(handle, call),
                        ids(handle, "SELECT id FROM complaint WHERE call_id = :id ORDER BY id", call),
                        ids(handle, "SELECT id FROM callback WHERE done_call = :id ORDER BY id", call)));
    }

    private static List<Long> ids(Handle handle, String sql, long call) {
        return handle.createQuery(sql).bind("id", call).mapTo(Long.class).list();
    }

    /** Lists calls, the latest first. */
    public List<KeptCall> list(Filter filter, Cursor before, int most) {
        List<String> conditions = new ArrayList<>();
        conditions.add("a.planned_at >= :from");
        conditions.add("a.planned_at <= :at");
        conditions.add("(a.planned_at < :at OR a.call_id < :call)");
        if (filter.campaign != null) {
            conditions.add("a.campaign = :campaign");
        }
        if (filter.agent != null) {
            conditions.add("a.agent = :agent");
        }
        if (filter.outcome != null) {
            conditions.add("a.outcome = :outcome");
        }
        Cursor start = before.plannedAtEpochMillis < filter.to ? before : new Cursor(filter.to, Long.MIN_VALUE);
        return database.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(CALLS + String.join(" AND ", conditions)
                            + " ORDER BY a.planned_at DESC, a.call_id DESC FETCH FIRST :most ROWS ONLY")
                    .bind("from", filter.from)
                    .bind("at", start.plannedAtEpochMillis)
                    .bind("call", start.call)
                    .bind("most", most);
            if (filter.campaign != null) {
                query.bind("campaign", filter.campaign);
            }
            if (filter.agent != null) {
                query.bind("agent", filter.agent);
            }
            if (filter.outcome != null) {
                query.bind("outcome", filter.outcome.name());
            }
            return query.map((row, _) -> read(row)).list();
        });
    }

    private static KeptCall read(ResultSet row) throws SQLException {
        String matter = row.getString(6);
        String disposition = row.getString(18);
        return new KeptCall(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                matter == null || matter.isEmpty() ? null : matter,
                row.getString(7),
                row.getLong(8),
                new KeptCall.Times(
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11),
                        row.getLong(12),
                        row.getLong(13),
                        row.getLong(14)),
                row.getString(15),
                row.getInt(16),
                row.getString(17),
                disposition == null ? null : new KeptCall.Said(disposition, row.getString(19)),
                row.getString(20),
                new Greeting(orUnheard(row, 21), orUnheard(row, 22)));
    }

    private static long orUnheard(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Greeting.UNHEARD : millis;
    }
}
