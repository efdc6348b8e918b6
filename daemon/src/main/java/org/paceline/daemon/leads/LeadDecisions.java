package org.paceline.daemon.leads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.paceline.dialer.event.Effect;

/** Writes what agents decide of leads: that one is done, or is promised another call. */
public final class LeadDecisions {
    private static final String FINISH = "UPDATE lead SET status = 'DONE', not_before = 0, lease_node = NULL"
            + " WHERE id = ? AND status IN ('NEW', 'LEASED', 'REFUSED')";

    private LeadDecisions() {}

    public static void write(Connection connection, List<Effect.Entry> words) throws SQLException {
        for (Effect.Entry word : words) {
            if (word instanceof Effect.LeadFinished finished) {
                CallbackTable.endOfLead(
                        connection, finished.lead().value(), KeptCallback.State.CANCELLED, finished.atEpochMillis());
                if (!finished.settled()) {
                    finish(connection, finished.lead().value());
                }
            } else if (word instanceof Effect.CallbackMade made) {
                var _ = CallbackTable.make(connection, promise(made));
            }
        }
    }

    private static void finish(Connection connection, long lead) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(FINISH)) {
            update.setLong(1, lead);
            update.executeUpdate();
        }
    }

    private static CallbackTable.Promise promise(Effect.CallbackMade made) {
        return new CallbackTable.Promise(
                made.lead().value(),
                made.agent() == null ? null : made.agent().value(),
                made.dueEpochMillis(),
                made.attempts(),
                made.madeBy(),
                made.note(),
                made.settled(),
                made.atEpochMillis());
    }
}
