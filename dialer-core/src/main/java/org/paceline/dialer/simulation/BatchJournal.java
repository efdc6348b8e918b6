package org.paceline.dialer.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;

/**
 * A journal that stores every attempt, in batches. A batch is written a fixed time after its first attempt came, or after the batch before
 * it. Thread: the world's.
 */
public final class BatchJournal implements Journal {
    private final VirtualWorld world;
    private final long latencyNanos;
    private final int largestBatch;
    private final ArrayDeque<CallId> waiting = new ArrayDeque<>();

    /** @param largestBatch most attempts in a batch; the rest waits for the next one */
    public BatchJournal(VirtualWorld world, long latencyNanos, int largestBatch) {
        this.world = world;
        this.latencyNanos = latencyNanos;
        this.largestBatch = largestBatch;
    }

    @Override
    public void write(Attempt attempt) {
        if (waiting.isEmpty()) {
            world.tellIn(latencyNanos, this::written);
        }
        waiting.add(attempt.call());
    }

    /** Does nothing: the journal does not remember attempts, so there is nothing to take back. */
    @Override
    public void takeBack(Effect.TakeBack back) {}

    private Event written() {
        List<CallId> batch = new ArrayList<>();
        while (batch.size() < largestBatch && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        if (!waiting.isEmpty()) {
            world.tellIn(latencyNanos, this::written);
        }
        return new Event.AttemptsJournaled(batch, latencyNanos);
    }
}
