package org.paceline.bench.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.AttemptJournal;

/**
 * Looks at what goes through a journal: for which agent a call is placed, and how large the batches are.
 *
 * <p>Thread: {@code dialer-journal}; the mean once that has ended.
 */
final class WatchedJournal implements AttemptJournal {
    private final AttemptJournal journal;
    private final Map<CallId, AgentId> placedFor = new HashMap<>();
    private long batches;
    private long attempts;

    WatchedJournal(AttemptJournal journal) {
        this.journal = journal;
    }

    @Override
    public List<@Nullable CapReached> append(List<Attempt> batch) throws JournalUnavailableException {
        for (Attempt attempt : batch) {
            AgentId agent = attempt.chargedTo();
            if (agent != null) {
                placedFor.put(attempt.call(), agent);
            }
        }
        batches++;
        attempts += batch.size();
        return journal.append(batch);
    }

    @Override
    public void takeBack(List<Effect.TakeBack> batch) throws JournalUnavailableException {
        journal.takeBack(batch);
    }

    /** The agent for whom a call was placed; null once it was asked, and where none was. */
    @Nullable
    AgentId takeAgent(CallId call) {
        return placedFor.remove(call);
    }

    double meanBatch() {
        return batches == 0 ? 0 : (double) attempts / batches;
    }
}
