package org.paceline.dialer.simulation;

import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;

/** A store that writes every entry, in batches. A batch is written a fixed time after its first entry came. Thread: the world's. */
public final class BatchStore implements EntryStore {
    private final VirtualWorld world;
    private final long latencyNanos;
    private final long nextBatchNanos;
    private final int largestBatch;
    private int waiting;

    /** @param nextBatchNanos how long after a full batch the rest is written */
    public BatchStore(VirtualWorld world, long latencyNanos, long nextBatchNanos, int largestBatch) {
        this.world = world;
        this.latencyNanos = latencyNanos;
        this.nextBatchNanos = nextBatchNanos;
        this.largestBatch = largestBatch;
    }

    @Override
    public void keep(Effect.Entry entry) {
        if (waiting++ == 0) {
            world.tellIn(latencyNanos, this::kept);
        }
    }

    private Event kept() {
        int batch = Math.min(largestBatch, waiting);
        waiting -= batch;
        if (waiting > 0) {
            world.tellIn(nextBatchNanos, this::kept);
        }
        return new Event.EntriesStored(batch);
    }
}
