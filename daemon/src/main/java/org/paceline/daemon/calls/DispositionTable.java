package org.paceline.daemon.calls;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.event.Effect;

/**
 * The dispositions that agents gave their calls; the last one for a call applies.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class DispositionTable {
    private static final int LONGEST_NAME = 500;
    private static final String ADD = "INSERT INTO call_disposition (call_id, agent, disposition, at, meaning)"
            + " VALUES (:call, :agent, :disposition, :at, :meaning) ON CONFLICT DO NOTHING";
    private static final String CHANGE = "UPDATE call_disposition SET agent = :agent, disposition = :disposition,"
            + " at = :at, meaning = :meaning WHERE call_id = :call AND at <= :at";

    private DispositionTable() {}

    public static void write(Handle handle, List<Effect.CallDisposed> disposed) {
        write(handle, ADD, disposed);
        write(handle, CHANGE, disposed);
    }

    private static void write(Handle handle, String sql, List<Effect.CallDisposed> disposed) {
        PreparedBatch batch = handle.prepareBatch(sql);
        for (Effect.CallDisposed entry : disposed) {
            batch.bind("call", entry.call().value())
                    .bind("agent", entry.agent().value())
                    .bind("disposition", StorableText.of(entry.disposition().name(), LONGEST_NAME))
                    .bind("at", entry.atEpochMillis())
                    .bind("meaning", entry.disposition().meaning().name())
                    .add();
        }
        batch.execute();
    }
}
