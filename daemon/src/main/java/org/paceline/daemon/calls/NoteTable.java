package org.paceline.daemon.calls;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.event.Effect;

/**
 * Agents' notes on calls. A note that is there already is left alone.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class NoteTable {
    private static final int LONGEST_AUTHOR = 500;
    private static final String ADD = "INSERT INTO call_note (call_id, number, at, made_by, text)"
            + " VALUES (:call, :number, :at, :by, :text) ON CONFLICT DO NOTHING";
    private static final String OF_CALL =
            "SELECT at, made_by, text FROM call_note WHERE call_id = :call ORDER BY number";

    private NoteTable() {}

    public static void write(Handle handle, List<Effect.CallNoted> notes) {
        PreparedBatch batch = handle.prepareBatch(ADD);
        for (Effect.CallNoted note : notes) {
            batch.bind("call", note.call().value())
                    .bind("number", note.number())
                    .bind("at", note.atEpochMillis())
                    .bind("by", StorableText.of(note.madeBy(), LONGEST_AUTHOR))
                    .bind("text", StorableText.of(note.text(), AgentCommand.Note.LONGEST))
                    .add();
        }
        batch.execute();
    }

    static List<KeptCall.Note> of(Handle handle, long call) {
        return handle.createQuery(OF_CALL)
                .bind("call", call)
                .map((row, _) -> new KeptCall.Note(row.getLong("at"), row.getString("made_by"), row.getString("text")))
                .list();
    }
}
