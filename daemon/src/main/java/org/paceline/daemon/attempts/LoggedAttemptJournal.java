package org.paceline.daemon.attempts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.AttemptJournal;

/**
 * Stores attempts in the database and then in the {@link AttemptLog}, both before they are dialled.
 *
 * <p>Thread: {@code dialer-journal} only.
 */
public final class LoggedAttemptJournal implements AttemptJournal {
    private final AttemptJournal database;
    private final AttemptLog log;
    private final long run;

    /** @param run the number of this start, see {@code NodeLease} */
    public LoggedAttemptJournal(AttemptJournal database, AttemptLog log, long run) {
        this.database = database;
        this.log = log;
        this.run = run;
    }

    @Override
    public List<@Nullable CapReached> append(List<Attempt> batch) throws JournalUnavailableException {
        List<@Nullable CapReached> answers = database.append(batch);
        List<Attempt> stored = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            if (answers.get(i) == null) {
                stored.add(batch.get(i));
            }
        }
        if (stored.isEmpty()) {
            return answers;
        }
        try {
            log.append(stored, run);
        } catch (IOException e) {
            throw new JournalUnavailableException(
                    "batch of " + batch.size() + " attempts was not written to the attempt log: " + e.getMessage(), e);
        }
        return answers;
    }

    /**
     * Takes attempts back, in the database first. If the process is killed before the log has it, and the database
     * forgets it, the attempts count as sent, which is the safe side.
     */
    @Override
    public void takeBack(List<Effect.TakeBack> batch) throws JournalUnavailableException {
        database.takeBack(batch);
        try {
            log.takeBack(batch.stream().map(Effect.TakeBack::attempt).toList(), run);
        } catch (IOException e) {
            throw new JournalUnavailableException(
                    "batch of " + batch.size() + " attempts was not taken back in the attempt log: " + e.getMessage(),
                    e);
        }
    }
}
