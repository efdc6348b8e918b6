package org.paceline.daemon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.database.InList;
import org.paceline.daemon.database.StorableText;
import org.paceline.daemon.leads.CallbackTable;
import org.paceline.daemon.leads.KeptCallback;
import org.paceline.dialer.call.CallRecord;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.Refusal;

/** Writes ended attempts and what becomes of their leads. */
final class EndedAttempts {
    private static final String END = "UPDATE attempt SET outcome = ?, sip_status = ?, q850 = ?, agent = ?,"
            + " charged_agent = COALESCE(charged_agent, ?), dialled_at = ?, ringing_at = ?, answered_at = ?,"
            + " connected_at = ?, ended_at = ?, answer_to_connected_micros = ?, cost_micros = ?, script_version = ?,"
            + " greeting_began_millis = ?, greeting_ended_millis = ?, fault = ?"
            + " WHERE call_id = ? AND outcome IS NULL";
    private static final String ENDED_BEFORE = "SELECT call_id FROM attempt WHERE outcome IS NOT NULL AND call_id IN ";
    private static final String SETTLE =
            "UPDATE lead SET status = ?, not_before = COALESCE(?, not_before), attempts = attempts + ?,"
                    + " faults = faults + ?,"
                    + " last_outcome = COALESCE(?, last_outcome), refusal_rule = COALESCE(?, refusal_rule),"
                    + " refusal_reason = COALESCE(?, refusal_reason), refusal_citation = COALESCE(?, refusal_citation),"
                    + " refused_at = COALESCE(?, refused_at), lease_node = NULL"
                    + " WHERE id = ? AND status = 'LEASED' AND lease_node = ?";

    private EndedAttempts() {}

    static void write(
            Connection connection, List<Effect.AttemptEnded> ended, List<Effect.LeadSettled> settled, String node)
            throws SQLException {
        List<Long> priced = new ArrayList<>();
        List<Settlement> settlements = new ArrayList<>(ended.size() + settled.size());
        if (!ended.isEmpty()) {
            int[] counts = end(connection, ended);
            Set<Long> endedBefore = endedBefore(connection, ended, counts);
            for (int i = 0; i < counts.length; i++) {
                CallRecord call = ended.get(i).call();
                if (counts[i] > 0 && call.cost() != null) {
                    priced.add(call.call().value());
                }
                if (!endedBefore.contains(call.call().value())) {
                    settlements.add(new Settlement(call.lead(), ended.get(i).next(), Math.min(counts[i], 1), call));
                    keepPromise(connection, ended.get(i));
                }
            }
        }
        for (Effect.LeadSettled entry : settled) {
            settlements.add(new Settlement(entry.lead(), entry.next(), 0, null));
            if (entry.next() instanceof LeadNext.RefusedForGood) {
                CallbackTable.endOfLead(connection, entry.lead().value(), KeptCallback.State.MISSED);
            }
        }
        settle(connection, settlements, node);
        BudgetTable.settle(connection, priced);
    }

    private static void keepPromise(Connection connection, Effect.AttemptEnded ended) throws SQLException {
        Long callback = ended.callback();
        if (callback == null) {
            return;
        }
        CallRecord call = ended.call();
        if (call.outcome() == Outcome.CONNECTED) {
            CallbackTable.done(connection, callback, call.call().value(), call.connectedAtEpochMillis());
        } else if (!(ended.next() instanceof LeadNext.RetryAt)) {
            CallbackTable.endOfLead(connection, call.lead().value(), KeptCallback.State.MISSED);
        }
    }

    /** @return for each, 1 when it was in flight and has ended now, else 0 */
    private static int[] end(Connection connection, List<Effect.AttemptEnded> ended) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(END)) {
            for (Effect.AttemptEnded entry : ended) {
                CallRecord call = entry.call();
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

    /** Those that an earlier go of the same batch ended, whose leads may have gone on since. */
    private static Set<Long> endedBefore(Connection connection, List<Effect.AttemptEnded> ended, int[] counts)
            throws SQLException {
        List<Long> unchanged = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                unchanged.add(ended.get(i).call().call().value());
            }
        }
        Set<Long> before = new HashSet<>();
        if (unchanged.isEmpty()) {
            return before;
        }
        try (PreparedStatement query = connection.prepareStatement(ENDED_BEFORE + InList.marks(unchanged.size()))) {
            InList.bind(query, 1, unchanged);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    before.add(rows.getLong(1));
                }
            }
        }
        return before;
    }

    private static void settle(Connection connection, List<Settlement> settlements, String node) throws SQLException {
        if (settlements.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
            for (Settlement settlement : settlements) {
                Refusal refusal = settlement.refusal();
                update.setString(1, settlement.status());
                if (settlement.next instanceof LeadNext.Untouched) {
                    update.setNull(2, Types.BIGINT);
                } else {
                    update.setLong(2, settlement.notBefore());
                }
                update.setInt(3, settlement.attempts);
                update.setInt(4, settlement.faults());
                setText(
                        update,
                        5,
                        settlement.call == null
                                ? null
                                : settlement.call.outcome().name());
                setText(
                        update,
                        6,
                        refusal == null ? null : refusal.verdict().rule().text());
                setText(
                        update,
                        7,
                        refusal == null
                                ? null
                                : StorableText.of(refusal.verdict().reason(), 1_000));
                setText(
                        update,
                        8,
                        refusal == null
                                ? null
                                : StorableText.of(refusal.verdict().citation(), 500));
                setTime(update, 9, refusal == null ? 0 : refusal.atEpochMillis());
                update.setLong(10, settlement.lead.value());
                update.setString(11, node);
                update.addBatch();
            }
            update.executeBatch();
        }
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

    /**
     * @param attempts how many to add to the lead's count
     * @param call the attempt that ended, or null
     */
    private record Settlement(
            LeadId lead,
            LeadNext next,
            int attempts,
            @Nullable CallRecord call) {

        /** How many of the attempts count against no retry plan. */
        int faults() {
            return call == null || call.fault() == Fault.CALLEE ? 0 : attempts;
        }

        String status() {
            return switch (next) {
                case LeadNext.Done _ -> "DONE";
                case LeadNext.RetryAt _, LeadNext.Untouched _ -> "NEW";
                case LeadNext.RefusedForGood _ -> "REFUSED";
            };
        }

        long notBefore() {
            return next instanceof LeadNext.RetryAt retry ? retry.epochMillis() : 0;
        }

        @Nullable
        Refusal refusal() {
            return switch (next) {
                case LeadNext.Done _, LeadNext.Untouched _ -> null;
                case LeadNext.RetryAt retry -> retry.refusal();
                case LeadNext.RefusedForGood refused -> refused.refusal();
            };
        }
    }
}
