package org.paceline.daemon.requests;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;

/**
 * Remembers requests by the key that their sender gave them, for a day, in the database: so it works over restarts, for
 * all nodes, and for two requests at once. A request is marked as begun before anything is done; where the process dies
 * in between, the request's end is not known, and it is not done again.
 *
 * <p>Thread: any; may block. Fails with {@link JdbiException}.
 */
public final class KeyedRequests {
    /** How long a key is kept. */
    public static final long KEPT_MILLIS = 24 * 3_600_000L;

    private static final String OF_KEY = " WHERE caller = :caller AND request_key = :key";
    private static final String FORGET = "DELETE FROM request_key WHERE begun_at <= :until";
    private static final String BEGIN = "INSERT INTO request_key (caller, request_key, fingerprint, begun_at)"
            + " VALUES (:caller, :key, :fingerprint, :at) ON CONFLICT DO NOTHING";
    private static final String FIND = "SELECT fingerprint, begun_at, answer_status, answer FROM request_key" + OF_KEY;
    private static final String END = "UPDATE request_key SET answer_status = :status, answer = :answer" + OF_KEY;
    private static final String TAKE_BACK = "DELETE FROM request_key" + OF_KEY + " AND answer_status = 0";

    private final Database database;
    private final LongSupplier epochMillis;

    /** The state of a request that comes with a key. */
    public sealed interface Begun {
        /** The request is new: it is to be done, and then {@link #end} or {@link #takeBack} follows. */
        record First() implements Begun {}

        /** The request was done, with this answer. */
        record Answered(int status, String answer) implements Begun {}

        /** The request is being done, or its end is not known. */
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
     * @param fingerprint a fingerprint of method, path and body, at most 64 characters
     */
    public Begun begin(String caller, String key, String fingerprint) {
        long now = epochMillis.getAsLong();
        return database.write(handle -> {
            handle.createUpdate(FORGET).bind("until", now - KEPT_MILLIS).execute();
            boolean isFirst = handle.createUpdate(BEGIN)
                            .bind("caller", caller)
                            .bind("key", key)
                            .bind("fingerprint", fingerprint)
                            .bind("at", now)
                            .execute()
                    == 1;
            return isFirst ? new Begun.First() : found(handle, caller, key, fingerprint, now);
        });
    }

    private static Begun found(Handle handle, String caller, String key, String fingerprint, long now) {
        return handle.createQuery(FIND)
                .bind("caller", caller)
                .bind("key", key)
                .map((row, _) -> begun(row, fingerprint))
                .findOne()
                .orElseGet(() -> new Begun.Unclear(now)); // the caller that began it took it back this moment
    }

    private static Begun begun(ResultSet row, String fingerprint) throws SQLException {
        if (!row.getString("fingerprint").equals(fingerprint)) {
            return new Begun.OfAnother();
        }
        int status = row.getInt("answer_status");
        return status == 0
                ? new Begun.Unclear(row.getLong("begun_at"))
                : new Begun.Answered(status, row.getString("answer"));
    }

    /** Keeps the answer, for a caller that sends the same request again. */
    public void end(String caller, String key, int status, String answer) {
        database.write(handle -> handle.createUpdate(END)
                .bind("status", status)
                .bind("answer", answer)
                .bind("caller", caller)
                .bind("key", key)
                .execute());
    }

    /** Takes the key back, because nothing was done: it may be used again. */
    public void takeBack(String caller, String key) {
        database.write(handle -> handle.createUpdate(TAKE_BACK)
                .bind("caller", caller)
                .bind("key", key)
                .execute());
    }
}
