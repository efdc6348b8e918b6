package org.paceline.daemon.calls;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.event.Effect;

/**
 * The recordings of calls. A recording that is there already is left alone.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class RecordingTable {
    private static final String ADD = "INSERT INTO recording (call_id, path, bytes, millis, complete)"
            + " VALUES (:call, :path, :bytes, :millis, :complete) ON CONFLICT DO NOTHING";
    private static final String OF_CALL =
            "SELECT path, bytes, millis, complete FROM recording WHERE call_id = :call ORDER BY path";
    private static final String COUNT = "SELECT COUNT(*) FROM recording";

    private RecordingTable() {}

    public static void write(Handle handle, List<Effect.RecordingKept> recordings) {
        PreparedBatch batch = handle.prepareBatch(ADD);
        for (Effect.RecordingKept recording : recordings) {
            batch.bind("call", recording.call().value())
                    .bind("path", recording.file().path())
                    .bind("bytes", recording.file().bytes())
                    .bind("millis", recording.file().millis())
                    .bind("complete", recording.file().complete())
                    .add();
        }
        batch.execute();
    }

    static List<KeptCall.Recording> of(Handle handle, long call) {
        return handle.createQuery(OF_CALL)
                .bind("call", call)
                .map((row, _) -> new KeptCall.Recording(
                        row.getString("path"), row.getLong("bytes"), row.getLong("millis"), row.getBoolean("complete")))
                .list();
    }

    /** Counts the recordings of all calls. */
    public static long count(Database database) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(COUNT).mapTo(Long.class).one());
    }
}
