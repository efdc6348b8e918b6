package org.paceline.daemon.periodic;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one task again and again. A failure is logged once with its trace, then counted until a turn goes well.
 *
 * <p>Thread: its own, with the task's name; every method from any. Turns never overlap.
 */
public final class PeriodicWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicWorker.class);

    private final PeriodicTask task;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Count count;
    /** Written before the thread starts, and never after. */
    private Duration firstWait = Duration.ZERO;

    /**
     * @param failuresInARow failures since a turn succeeded
     * @param succeededAtNanos when a turn last succeeded, or when the worker was made
     */
    private record Count(long runs, long failures, long failuresInARow, long succeededAtNanos) {
        Count succeeded(long nowNanos) {
            return new Count(runs + 1, failures, 0, nowNanos);
        }

        Count failed() {
            return new Count(runs + 1, failures + 1, failuresInARow + 1, succeededAtNanos);
        }
    }

    PeriodicWorker(PeriodicTask task, ThreadWatch threads, LongSupplier nanos) {
        this.task = task;
        this.nanos = nanos;
        this.count = new Count(0, 0, 0, nanos.getAsLong());
        this.thread = threads.thread(task.name(), task.limit().toMillis(), this::run);
    }

    /** Starts the worker; the first turn comes at once. */
    public void start() {
        thread.start();
    }

    /**
     * Starts the worker where the caller has just done what a turn does: the first turn comes after a period, or at
     * once if the last turn failed.
     */
    public void startAfterLoading() {
        startAfter(count.failuresInARow > 0 ? Duration.ZERO : task.period());
    }

    /** Starts the worker; the first turn comes after a time, which is at most the task's period. */
    public void startAfter(Duration wait) {
        firstWait = wait.compareTo(task.period()) < 0 ? wait : task.period();
        thread.start();
    }

    private void run(Heartbeat heartbeat) {
        Duration wait = firstWait;
        try {
            while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                heartbeat.beat();
                turn();
                wait = task.period();
            }
        } catch (InterruptedException _) {
            LOG.debug("event=interrupted thread={}", task.name());
        }
    }

    /** Does a turn at once, on the caller's thread; waits for one under way. Failed work is left to the next turn. */
    public synchronized void turn() {
        try {
            task.turn().run();
            if (count.failuresInARow > 0) {
                LOG.info("event=periodic-task-works-again task={} failures={}", task.name(), count.failuresInARow);
            }
            count = count.succeeded(nanos.getAsLong());
        } catch (SQLException | JdbiException e) {
            if (count.failuresInARow == 0) {
                LOG.warn(
                        "event=periodic-task-failed task={} effect=\"tried again in {} s; further failures are counted\"",
                        task.name(),
                        task.period().toSeconds(),
                        e);
            }
            count = count.failed();
        }
    }

    /** Whether {@link #close} was called: a long turn ends early then. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    PeriodicFigures figures() {
        Count now = count;
        return new PeriodicFigures(
                task.name(),
                task.period(),
                now.runs,
                now.failures,
                Duration.ofNanos(nanos.getAsLong() - now.succeededAtNanos));
    }

    /** Closes the worker; waits at most 5 s for a turn under way. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
