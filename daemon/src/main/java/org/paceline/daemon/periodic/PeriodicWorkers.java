package org.paceline.daemon.periodic;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.paceline.dialer.threads.ThreadWatch;

/**
 * Makes the periodic workers of a daemon and has the figures of each. Each has a thread of its own, because one that
 * waits for the database must not delay the others: a list of millions of do-not-call numbers may take minutes, while a
 * pause must take effect within a second.
 *
 * <p>Thread: any.
 */
public final class PeriodicWorkers {
    private final ThreadWatch threads;
    private final LongSupplier nanos;
    private final List<PeriodicWorker> workers = new CopyOnWriteArrayList<>();

    public PeriodicWorkers(ThreadWatch threads) {
        this(threads, System::nanoTime);
    }

    /** @param nanos monotonic time */
    PeriodicWorkers(ThreadWatch threads, LongSupplier nanos) {
        this.threads = threads;
        this.nanos = nanos;
    }

    /** Makes a worker that is not started yet. */
    public PeriodicWorker worker(PeriodicTask task) {
        PeriodicWorker worker = new PeriodicWorker(task, threads, nanos);
        workers.add(worker);
        return worker;
    }

    /** Returns the figures of each worker, in the order in which they were made. */
    public List<PeriodicFigures> figures() {
        return workers.stream().map(PeriodicWorker::figures).toList();
    }
}
