package org.paceline.daemon.attempts;

import static org.paceline.daemon.database.SqlWords.word;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.InList;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;

/**
 * Writes how attempts ended: as the engine tells it, or as interrupted where their process died.
 *
 * <p>{@link #write} is plain JDBC: each attempt passes here with seventeen values, thousands in one batch.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class AttemptEnds {
    private static final String END = "UPDATE attempt SET outcome = ?, sip_status = ?, q850 = ?, agent = ?,"
            + " charged_agent = COALESCE(charged_agent, ?), dialled_at = ?, ringing_at = ?, answered_at = ?,"
            + " connected_at = ?, ended_at = ?, answer_to_connected_micros = ?, cost_micros = ?, script_version = ?,"
            + " greeting_began_millis = ?, greeting_ended_millis = ?, fault = ?"
            + " WHERE call_id = ? AND outcome IS NULL";
    private static final String ENDED_BEFORE =
            "SELECT call_id FROM attempt WHERE outcome IS NOT NULL AND call_id IN (<calls>)";
    private static final String IN_DOUBT = "SELECT a.call_id, a.lead_id, a.campaign, COALESCE(l.faults, 0) AS faults"
            + " FROM attempt a LEFT JOIN lead l ON l.id = a.lead_id WHERE a.outcome IS NULL AND a.node = :node"
            + " AND a.run <= :run AND a.call_id > :after ORDER BY a.call_id FETCH FIRST :most ROWS ONLY";
    private static final String INTERRUPT = "UPDATE attempt SET outcome = " + word(Outcome.INTERRUPTED) + ", fault = "
            + word(Outcome.INTERRUPTED.usualFault()) + ", ended_at = :at, cost_micros = reserved_micros"
            + " WHERE call_id = :call AND outcome IS NULL";

    private AttemptEnds() {}

    /**
     * An attempt that has ended.
     *
     * @param isNew whether the database had it as in flight until now; if not, the database does not have it
     */
    public record Ended(Effect.AttemptEnded entry, boolean isNew) {}

    /**
     * An attempt in flight of a dead process.
     *
     * @param leadFaults how many attempts of its lead had ended by the trunk's or our doing before
     */
    public record InDoubt(CallId call, LeadId lead, CampaignId campaign, int leadFaults) {}

    /** @return all but those that an earlier try of the same batch ended, whose leads may have gone on since */
    public static List<Ended> write(Handle handle, List<Effect.AttemptEnded> ended) throws SQLException {
        if (ended.isEmpty()) {
            return List.of();
        }
        int[] counts = update(handle, ended);
        Set<Long> before = endedBefore(handle, ended, counts);
        List<Ended> written = new ArrayList<>(ended.size());
        for (int i = 0; i < counts.length; i++) {
            if (!before.contains(ended.get(i).call().call().value())) {
                written.add(new Ended(ended.get(i), counts[i] > 0));
            }
        }
        return written;
    }

    /** @return for each, 1 when it was in flight and has ended now, else 0 */
    private static int[] update(Handle handle, List<Effect.AttemptEnded> ended) throws SQLException {
        try (PreparedStatement update = handle.getConnection().prepareStatement(END)) {
            for (Effect.AttemptEnded entry : ended) {
                CallDetails call = entry.call();
                String agent = call.agent() == null ? null : call.agent().value();
                update.setString(1, call.outcome().name());
                update.setInt(2, call.cause().sipStatus());
                update.setInt(3, call.cause().q850());
                setText(update, 4, agent);
                setText(update, 5, agent);
                setTime(update, 6, call.dialledAtEpochMillis());
                setTime(update, 7, call.ringingAtEpochMillis());
                setTime(update, 8, call.answeredAtEpochMillis());
                setTime(update, 9, call.connectedAtEpochMillis());
                setTime(update, 10, call.endedAtEpochMillis());
                setLength(update, 11, call.answerToConnectedMicros());
                if (call.cost() == null) {
                    update.setNull(12, Types.BIGINT);
                } else {
                    update.setLong(12, call.cost().micros());
                }
                setText(update, 13, call.scriptVersion());
                setLength(update, 14, call.greeting().beganMillis());
                setLength(update, 15, call.greeting().endedMillis());
                update.setString(16, call.fault().name());
                update.setLong(17, call.call().value());
                update.addBatch();
            }
            return update.executeBatch();
        }
    }

    private static Set<Long> endedBefore(Handle handle, List<Effect.AttemptEnded> ended, int[] counts) {
        List<Long> unchanged = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                unchanged.add(ended.get(i).call().call().value());
            }
        }
        return unchanged.isEmpty()
                ? Set.of()
                : new HashSet<>(handle.createQuery(ENDED_BEFORE)
                        .bindList("calls", InList.padded(unchanged))
                        .mapTo(Long.class)
                        .list());
    }

    /**
     * Returns the attempts that a node's dead process left in flight, by their ids.
     *
     * @param lastRun the run that is over, with all before it
     * @param after only higher ids
     */
    public static List<InDoubt> inDoubt(Handle handle, String node, long lastRun, long after, int most) {
        return handle.createQuery(IN_DOUBT)
                .bind("node", node)
                .bind("run", lastRun)
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> new InDoubt(
                        new CallId(row.getLong("call_id")),
                        new LeadId(row.getLong("lead_id")),
                        new CampaignId(row.getString("campaign")),
                        row.getInt("faults")))
                .list();
    }

    /**
     * Ends an attempt as {@link Outcome#INTERRUPTED}; it costs what was reserved for it.
     *
     * @return whether it was in flight
     */
    public static boolean interrupt(Handle handle, CallId call, long nowEpochMillis) {
        return handle.createUpdate(INTERRUPT)
                        .bind("at", nowEpochMillis)
                        .bind("call", call.value())
                        .execute()
                == 1;
    }

    private static void setText(PreparedStatement statement, int index, @Nullable String text) throws SQLException {
        if (text == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, text);
        }
    }

    /** @param length negative for none */
    private static void setLength(PreparedStatement statement, int index, long length) throws SQLException {
        if (length < 0) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, length);
        }
    }

    private static void setTime(PreparedStatement statement, int index, long epochMillis) throws SQLException {
        if (epochMillis == 0) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, epochMillis);
        }
    }
}
