package org.paceline.daemon.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.paceline.dialer.event.Effect;

/**
 * The entries that were written last, as many as a database that takes over may lack: {@value #MOST}.
 *
 * <p>Thread: {@code store} only.
 */
final class RecentEntries {
    private static final int MOST = 8_192;

    private final ArrayDeque<List<Effect.Entry>> batches = new ArrayDeque<>();
    private int size;

    void add(List<Effect.Entry> batch) {
        batches.addLast(List.copyOf(batch));
        size += batch.size();
        while (size > MOST) {
            size -= batches.removeFirst().size();
        }
    }

    /** Returns the entries in their order. */
    List<Effect.Entry> entries() {
        List<Effect.Entry> entries = new ArrayList<>(size);
        batches.forEach(entries::addAll);
        return entries;
    }
}
