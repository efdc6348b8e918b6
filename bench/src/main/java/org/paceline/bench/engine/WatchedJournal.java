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
 * Watches what goes through a journal: the agent that a call is placed for, and the size of the batches.
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

    /** Returns the agent for whom a call was placed; null where there was none, or this was asked before. */
    @Nullable
    AgentId takeAgent(CallId call) {
        return placedFor.remove(call);
    }

    double meanBatch() {
        return batches == 0 ? 0 : (double) attempts / batches;
    }
}
