package org.paceline.daemon.requests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;

/**
 * Remembers requests by the key that their sender gave them, for a day, in the database: so it holds over restarts, for all
 * nodes, and for two that come at once. A request is marked as begun before anything is done; where the process dies in
 * between, its end is not known, and it is not done again.
 *
 * <p>Thread: any; may block. Fails with {@link JdbiException} or {@link SQLException}.
 */
public final class KeyedRequests {
    /** How long a key is kept. */
    public static final long KEPT_MILLIS = 24 * 3_600_000L;

    private static final String FORGET = "DELETE FROM request_key WHERE begun_at <= ?";
    private static final String BEGIN = "INSERT INTO request_key (caller, request_key, fingerprint, begun_at)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String FIND = "SELECT fingerprint, begun_at, answer_status, answer FROM request_key"
            + " WHERE caller = ? AND request_key = ?";
    private static final String END =
            "UPDATE request_key SET answer_status = ?, answer = ? WHERE caller = ? AND request_key = ?";
    private static final String TAKE_BACK =
            "DELETE FROM request_key WHERE caller = ? AND request_key = ? AND answer_status = 0";

    private final Database database;
    private final LongSupplier epochMillis;

    /** What is known of a request that comes with a key. */
    public sealed interface Begun {
        /** Nothing: it is to be done, then {@link #end} or {@link #takeBack} follows. */
        record First() implements Begun {}

        /** It was done, with this answer. */
        record Answered(int status, String answer) implements Begun {}

        /** It is being done, or its end is not known. */
        record Unclear(long begunAtEpochMillis) implements Begun {}

        /** The key was given to another request. */
        record OfAnother() implements Begun {}
    }

    /** @param epochMillis the clock, epoch milliseconds */
    public KeyedRequests(Database database, LongSupplier epochMillis) {
        this.database = database;
        this.epochMillis = epochMillis;
    }

    /**
     * Marks the request as begun, unless the key is there already.
     *
     * @param caller who sends it, {@code supervisor:boss}; keys of different callers are different
     * @param key 1 to 200 characters
     * @param fingerprint of method, path and body, at most 64 characters
     */
    public Begun begin(String caller, String key, String fingerprint) throws SQLException {
        long now = epochMillis.getAsLong();
        return database.write(handle -> {
            Connection connection = handle.getConnection();
            try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.setLong(1, now - KEPT_MILLIS);
                forget.executeUpdate();
            }
            try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
                begin.setString(1, caller);
                begin.setString(2, key);
                begin.setString(3, fingerprint);
                begin.setLong(4, now);
                return begin.executeUpdate() == 1
                        ? new Begun.First()
                        : found(connection, caller, key, fingerprint, now);
            }
        });
    }

    private static Begun found(Connection connection, String caller, String key, String fingerprint, long now)
            throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, caller);
            find.setString(2, key);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) { // taken back this moment by whoever began it
                    return new Begun.Unclear(now);
                }
                if (!row.getString("fingerprint").equals(fingerprint)) {
                    return new Begun.OfAnother();
                }
                int status = row.getInt("answer_status");
                return status == 0
                        ? new Begun.Unclear(row.getLong("begun_at"))
                        : new Begun.Answered(status, row.getString("answer"));
            }
        }
    }

    /** Keeps the answer for whoever sends the same again. */
    public void end(String caller, String key, int status, String answer) throws SQLException {
        database.write(handle -> {
            try (PreparedStatement end = handle.getConnection().prepareStatement(END)) {
                end.setInt(1, status);
                end.setString(2, answer);
                end.setString(3, caller);
                end.setString(4, key);
                return end.executeUpdate();
            }
        });
    }

    /** Nothing was done: the key may be used again. */
    public void takeBack(String caller, String key) throws SQLException {
        database.write(handle -> {
            try (PreparedStatement takeBack = handle.getConnection().prepareStatement(TAKE_BACK)) {
                takeBack.setString(1, caller);
                takeBack.setString(2, key);
                return takeBack.executeUpdate();
            }
        });
    }
}
