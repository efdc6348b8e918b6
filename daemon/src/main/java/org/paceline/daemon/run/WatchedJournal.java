package org.paceline.daemon.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.daemon.database.DatabaseWatch.Work;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.port.AttemptJournal;

/** Tells the watch whether recording works. Thread: {@code dialer-journal} only. */
record WatchedJournal(AttemptJournal journal, DatabaseWatch watch) implements AttemptJournal {

    @Override
    public List<@Nullable CapReached> append(List<Attempt> batch) throws JournalUnavailableException {
        watch.begin(Work.JOURNAL);
        try {
            List<@Nullable CapReached> answers = journal.append(batch);
            watch.succeeded(Work.JOURNAL);
            return answers;
        } catch (JournalUnavailableException e) {
            watch.failed(Work.JOURNAL, e);
            throw e;
        }
    }

    @Override
    public void takeBack(List<Effect.TakeBack> batch) throws JournalUnavailableException {
        watch.begin(Work.JOURNAL);
        try {
            journal.takeBack(batch);
            watch.succeeded(Work.JOURNAL);
        } catch (JournalUnavailableException e) {
            watch.failed(Work.JOURNAL, e);
            throw e;
        }
    }
}
