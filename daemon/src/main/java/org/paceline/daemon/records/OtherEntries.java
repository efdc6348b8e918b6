package org.paceline.daemon.records;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.engine.Effect;

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
    private static final String RECORDING = "INSERT INTO recording (call_id, path, bytes, millis, complete)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private OtherEntries() {}

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
