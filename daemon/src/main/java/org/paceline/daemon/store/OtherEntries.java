package org.paceline.daemon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.event.Effect;

/** Writes the entries that nothing else depends on. */
final class OtherEntries {
    private static final int LONGEST_TEXT = 500;

    private static final String AGENT_EVENT = "INSERT INTO agent_event (agent, node, at, state, reason, call_id)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String LIMIT = "INSERT INTO agent_limit (agent, node, at, passed, call_id)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String NEW_DISPOSITION =
            "INSERT INTO call_disposition (call_id, agent, disposition, at, meaning)"
                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String LAST_DISPOSITION =
            "UPDATE call_disposition SET agent = ?, disposition = ?, at = ?, meaning = ? WHERE call_id = ? AND at <= ?";
    private static final String NOTE = "INSERT INTO call_note (call_id, number, at, made_by, text)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String RECORDING = "INSERT INTO recording (call_id, path, bytes, millis, complete)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private static final String LAST_MATTER = "SELECT matter FROM campaign_matter WHERE campaign = ? AND node = ?"
            + " ORDER BY since DESC FETCH FIRST ROW ONLY";
    private static final String MATTER = "INSERT INTO campaign_matter (campaign, node, since, matter)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private OtherEntries() {}

    /** What is the same as before is not written again. */
    static void writeMatters(Connection connection, List<Effect.MatterSet> entries, String node) throws SQLException {
        for (Effect.MatterSet entry : entries) {
            String matter = entry.matter() == null ? "" : cut(entry.matter());
            if (!matter.equals(lastMatter(connection, entry.campaign().value(), node))) {
                try (PreparedStatement insert = connection.prepareStatement(MATTER)) {
                    insert.setString(1, entry.campaign().value());
                    insert.setString(2, node);
                    insert.setLong(3, entry.atEpochMillis());
                    insert.setString(4, matter);
                    insert.executeUpdate();
                }
            }
        }
    }

    private static String lastMatter(Connection connection, String campaign, String node) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST_MATTER)) {
            query.setString(1, campaign);
            query.setString(2, node);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    static void writeAgentEvents(Connection connection, List<Effect.AgentChanged> entries, String node)
            throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(AGENT_EVENT)) {
            for (Effect.AgentChanged entry : entries) {
                insert.setString(1, entry.agent().value());
                insert.setString(2, node);
                insert.setLong(3, entry.atEpochMillis());
                insert.setString(4, entry.state().name());
                if (entry.reason() == null) {
                    insert.setNull(5, Types.VARCHAR);
                } else {
                    insert.setString(5, cut(entry.reason()));
                }
                insert.setLong(6, entry.call() == null ? 0 : entry.call().value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void writeLimits(Connection connection, List<Effect.LimitPassed> entries, String node) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(LIMIT)) {
            for (Effect.LimitPassed entry : entries) {
                insert.setString(1, entry.agent().value());
                insert.setString(2, node);
                insert.setLong(3, entry.atEpochMillis());
                insert.setString(4, entry.limit().name());
                insert.setLong(5, entry.call() == null ? 0 : entry.call().value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The last word on a call stands. */
    static void writeDispositions(Connection connection, List<Effect.CallDisposed> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(NEW_DISPOSITION);
                PreparedStatement update = connection.prepareStatement(LAST_DISPOSITION)) {
            for (Effect.CallDisposed entry : entries) {
                insert.setLong(1, entry.call().value());
                insert.setString(2, entry.agent().value());
                insert.setString(3, cut(entry.disposition().name()));
                insert.setLong(4, entry.atEpochMillis());
                insert.setString(5, entry.disposition().meaning().name());
                insert.addBatch();
                update.setString(1, entry.agent().value());
                update.setString(2, cut(entry.disposition().name()));
                update.setLong(3, entry.atEpochMillis());
                update.setString(4, entry.disposition().meaning().name());
                update.setLong(5, entry.call().value());
                update.setLong(6, entry.atEpochMillis());
                update.addBatch();
            }
            insert.executeBatch();
            update.executeBatch();
        }
    }

    /** A note that is there already is left alone. */
    static void writeNotes(Connection connection, List<Effect.CallNoted> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            for (Effect.CallNoted entry : entries) {
                insert.setLong(1, entry.call().value());
                insert.setInt(2, entry.number());
                insert.setLong(3, entry.atEpochMillis());
                insert.setString(4, cut(entry.madeBy()));
                insert.setString(5, StorableText.of(entry.text(), AgentCommand.Note.LONGEST));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void writeRecordings(Connection connection, List<Effect.RecordingKept> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(RECORDING)) {
            for (Effect.RecordingKept entry : entries) {
                insert.setLong(1, entry.call().value());
                insert.setString(2, entry.file().path());
                insert.setLong(3, entry.file().bytes());
                insert.setLong(4, entry.file().millis());
                insert.setBoolean(5, entry.file().complete());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String cut(String text) {
        return StorableText.of(text, LONGEST_TEXT);
    }
}
