package org.paceline.dialer.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.ArrayList;
import java.util.List;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.Store;

/**
 * Writes entries behind the calls, one batch in each transaction, in order; nothing is dropped.
 *
 * <p>Thread: {@code store} only.
 */
final class StoreWriter implements EventHandler<Slot<Effect.Entry>> {
    private final Store store;
    private final EventSink inbox;
    private final StoredMark mark;
    private final Retries retries;
    private final int maxBatch;
    private final List<Effect.Entry> batch = new ArrayList<>();
    private boolean dropped;

    StoreWriter(Store store, EventSink inbox, StoredMark mark, Retries retries, int maxBatch) {
        this.store = store;
        this.mark = mark;
        this.inbox = inbox;
        this.retries = retries;
        this.maxBatch = maxBatch;
    }

    @Override
    public void onEvent(Slot<Effect.Entry> slot, long sequence, boolean endOfBatch) {
        batch.add(slot.take());
        if (endOfBatch || batch.size() >= maxBatch) {
            int count = batch.size();
            if (!dropped && write()) {
                mark.reached(sequence);
                inbox.publish(new Event.EntriesStored(count));
            } else {
                dropped = true; // the pipeline stops; entries are stored in their order or not at all
            }
            batch.clear();
        }
    }

    private boolean write() {
        while (true) {
            try {
                store.write(batch);
                retries.succeeded();
                return true;
            } catch (Exception e) {
                if (!retries.waitBeforeNext(e)) {
                    return false;
                }
            }
        }
    }
}
