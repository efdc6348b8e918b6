package org.paceline.dialer.pipeline;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * How far the store has come, for those who may say something only once it is stored.
 *
 * <p>Thread: {@link #reached} is {@code store}'s, {@link #at} anybody's.
 */
final class StoredMark {
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private volatile long reached = -1;

    private record Waiting(long sequence, CompletableFuture<@Nullable Void> stored) {}

    /** Returns a result that completes once the entry of a sequence, and all before it, are stored. */
    CompletableFuture<@Nullable Void> at(long sequence) {
        CompletableFuture<@Nullable Void> stored = new CompletableFuture<>();
        waiting.add(new Waiting(sequence, stored));
        tell(); // it may have been reached meanwhile
        return stored;
    }

    /** The entries up to this sequence are stored. */
    void reached(long sequence) {
        reached = sequence;
        tell();
    }

    private void tell() {
        Iterator<Waiting> all = waiting.iterator();
        while (all.hasNext()) {
            Waiting one = all.next();
            if (one.sequence <= reached) {
                all.remove();
                one.stored.completeAsync(() -> null); // the code of whoever waits must not run on the store's thread
            }
        }
    }
}
