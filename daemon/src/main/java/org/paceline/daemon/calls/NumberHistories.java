package org.paceline.daemon.calls;

import static org.paceline.daemon.database.SqlWords.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.database.InList;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.rules.AttemptHistory;

/**
 * The histories of numbers, which the rules judge by: all attempts, by whichever node, and what came of them.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class NumberHistories {
    private static final String HISTORY =
            "SELECT a.e164, a.planned_at, a.outcome, a.ended_at, d.at AS refused_at FROM attempt a"
                    + " LEFT JOIN call_disposition d ON d.call_id = a.call_id AND d.meaning = "
                    + word(Disposition.Meaning.REFUSED) + " WHERE a.planned_at >= :since AND a.e164 IN (<numbers>)";

    private NumberHistories() {}

    /**
     * @param numbers digits without {@code +}, at least one
     * @param sinceEpochMillis earlier attempts are left out
     * @return by number; those that were never attempted are not in it
     */
    public static Map<Long, AttemptHistory> read(Handle handle, Collection<Long> numbers, long sinceEpochMillis) {
        Map<Long, AttemptHistory> histories = new HashMap<>();
        handle.createQuery(HISTORY)
                .bind("since", sinceEpochMillis)
                .bindList("numbers", InList.padded(numbers))
                .scanResultSet((rows, _) -> {
                    try (ResultSet found = rows.get()) {
                        while (found.next()) {
                            add(histories.computeIfAbsent(found.getLong("e164"), _ -> new AttemptHistory()), found);
                        }
                    }
                    return histories;
                });
        return histories;
    }

    private static void add(AttemptHistory history, ResultSet attempt) throws SQLException {
        history.add(attempt.getLong("planned_at"));
        String outcome = attempt.getString("outcome");
        if (Outcome.CONNECTED.name().equals(outcome)) {
            history.conversation(attempt.getLong("ended_at"));
        } else if (Outcome.ABANDONED.name().equals(outcome)) {
            history.abandoned(attempt.getLong("ended_at"));
        }
        long refusedAt = attempt.getLong("refused_at");
        if (!attempt.wasNull()) {
            history.refused(refusedAt);
        }
    }
}
