package org.paceline.daemon.calls;

import static org.paceline.daemon.database.SqlWords.word;
import static org.paceline.daemon.database.SqlWords.words;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.csv.CsvOutput;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.agent.AgentState;
import org.paceline.rules.NumberKind;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.PhoneNumber;
import org.paceline.yaml.ScalarType;

/**
 * Writes calls as CSV, the earliest first, a page at a time, so that any number of them takes the same memory. A
 * wrap-up is computed from the agent's states: from the state that the call left the agent in until the agent was free,
 * paused or gone.
 *
 * <p>Thread: one at a time; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class CallExport {
    /** The columns, in order. Times are ISO 8601 in UTC, empty where that never happened. */
    public static final List<String> COLUMNS = List.of(
            "call",
            "campaign",
            "segment",
            "number",
            "kind",
            "attempt",
            "planned",
            "dialled",
            "ringing",
            "answered",
            "connected",
            "ended",
            "outcome",
            "agent",
            "talkSeconds",
            "wrapUpSeconds");

    private static final int PAGE = 5_000;

    /**
     * How far the end of a talk and the agent's change of state may be apart. The engine makes both in one turn; this
     * allows for clocks that were set during the call.
     */
    private static final int SLACK_MILLIS = 7_200_000;

    private static final String CALLS = "SELECT a.call_id, a.campaign, COALESCE(l.segment, l.grade) AS segment, a.e164,"
            + " (SELECT COUNT(*) FROM attempt p WHERE p.e164 = a.e164 AND p.planned_at < a.planned_at"
            + " AND p.lead_id = a.lead_id) AS earlier, a.planned_at, a.dialled_at, a.ringing_at, a.answered_at,"
            + " a.connected_at, a.ended_at, a.outcome, a.agent,"
            + " (SELECT MIN(w.at) FROM agent_event w WHERE w.agent = a.agent AND w.at >= a.connected_at - "
            + SLACK_MILLIS + " AND w.at <= a.ended_at + " + SLACK_MILLIS
            + " AND w.state = " + word(AgentState.WRAP_UP) + " AND w.call_id = a.call_id)"
            + " AS wrap_up_at FROM attempt a LEFT JOIN lead l ON l.id = a.lead_id"
            + " WHERE a.planned_at >= :at AND (a.planned_at > :at OR a.call_id > :call) AND a.planned_at < :to %s"
            + " ORDER BY a.planned_at, a.call_id FETCH FIRST " + PAGE + " ROWS ONLY";
    private static final String PAGES = "SELECT c.*, (SELECT n.at FROM agent_event n WHERE n.agent = c.agent"
            + " AND n.at >= c.wrap_up_at AND n.state IN "
            + words(AgentState.READY, AgentState.PAUSED, AgentState.SIGNED_OUT, AgentState.LINE_CONNECTING)
            + " ORDER BY n.agent, n.at FETCH FIRST ROW ONLY) AS free_at FROM (" + CALLS
            + ") c ORDER BY c.planned_at, c.call_id";

    private final Database database;
    private final NumberPlan numbers = new NumberPlan();

    /**
     * The calls to export, and how.
     *
     * @param campaign null for all
     * @param from only calls planned at or after that time, epoch milliseconds
     * @param to only calls planned before that time
     * @param showsNumbers whether numbers are shown whole; otherwise they are masked
     */
    public record Order(@Nullable String campaign, long from, long to, boolean showsNumbers) {}

    public CallExport(Database database) {
        this.database = database;
    }

    /**
     * Writes the header and a line for each call.
     *
     * @param progress is told how many calls are written, after each page
     * @return how many calls
     */
    public long write(Order order, Appendable out, LongConsumer progress) throws IOException {
        CsvOutput rows = new CsvOutput(out);
        rows.row(COLUMNS.toArray());
        long written = 0;
        CallArchive.Cursor after = new CallArchive.Cursor(order.from, Long.MIN_VALUE);
        List<ExportedCall> page;
        do {
            page = page(order, after);
            for (ExportedCall call : page) {
                write(rows, call, order.showsNumbers);
            }
            written += page.size();
            progress.accept(written);
            if (!page.isEmpty()) {
                ExportedCall last = page.getLast();
                after = new CallArchive.Cursor(last.times().planned(), last.id());
            }
        } while (page.size() == PAGE);
        rows.flush();
        return written;
    }

    private List<ExportedCall> page(Order order, CallArchive.Cursor after) {
        String sql = String.format(Locale.ROOT, PAGES, order.campaign == null ? "" : "AND a.campaign = :campaign");
        return database.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(sql)
                    .bind("at", after.plannedAtEpochMillis())
                    .bind("call", after.call())
                    .bind("to", order.to);
            if (order.campaign != null) {
                query.bind("campaign", order.campaign);
            }
            return query.map((row, _) -> read(row)).list();
        });
    }

    private static ExportedCall read(ResultSet row) throws SQLException {
        long wrapUpAt = row.getLong(14);
        long freeAt = row.getLong(15);
        return new ExportedCall(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getInt(5) + 1,
                new KeptCall.Times(
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11)),
                row.getString(12),
                row.getString(13),
                wrapUpAt == 0 || freeAt == 0 ? -1 : freeAt - wrapUpAt);
    }

    private void write(CsvOutput rows, ExportedCall call, boolean showsNumbers) throws IOException {
        KeptCall.Times times = call.times();
        boolean talked = times.connected() > 0 && times.ended() > 0;
        rows.row(
                call.id(),
                call.campaign(),
                call.segment(),
                showsNumbers ? "+" + call.e164() : PhoneNumber.masked(call.e164()),
                ScalarType.written(kind(call.e164())),
                call.attempt(),
                time(times.planned()),
                time(times.dialled()),
                time(times.ringing()),
                time(times.answered()),
                time(times.connected()),
                time(times.ended()),
                call.outcome(),
                call.agent(),
                seconds(talked ? times.ended() - times.connected() : -1),
                seconds(call.wrapUpMillis()));
    }

    private NumberKind kind(long e164) {
        return switch (numbers.parse("+" + e164, null)) {
            case NumberPlan.Parsed.Valid(var number) -> number.kind();
            case NumberPlan.Parsed.Rejected _ -> NumberKind.UNKNOWN;
        };
    }

    private static String time(long epochMillis) {
        return epochMillis == 0 ? "" : Instant.ofEpochMilli(epochMillis).toString();
    }

    private static String seconds(long millis) {
        return millis < 0 ? "" : String.format(Locale.ROOT, "%.3f", millis / 1e3);
    }
}
