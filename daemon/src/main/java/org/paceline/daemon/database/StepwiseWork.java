package org.paceline.daemon.database;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does work that may take long, but must go forward: a damaged file can keep H2 from ever ending a statement. The thread
 * of such a statement stays until the process ends.
 */
final class StepwiseWork {
    private StepwiseWork() {}

    /** The work. */
    @FunctionalInterface
    interface Work<T> {
        /** @param step is to be run after each step forward */
        T run(Runnable step) throws DatabaseException, IOException;
    }

    /**
     * Does the work on a thread of its own, and waits for it.
     *
     * @param limit how long one step may take
     * @throws TimeoutException where a step takes longer
     */
    static <T> T run(String thread, Duration limit, Work<T> work)
            throws DatabaseException, IOException, TimeoutException {
        AtomicLong steps = new AtomicLong();
        FutureTask<T> task = new FutureTask<>(() -> work.run(steps::incrementAndGet));
        Thread.ofPlatform().name(thread).daemon().start(task);
        while (true) {
            long before = steps.get();
            try {
                return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (steps.get() == before) {
                    throw e;
                }
            } catch (ExecutionException e) {
                throw failure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while " + thread, e);
            }
        }
    }

    private static IOException failure(ExecutionException e) throws DatabaseException {
        return switch (e.getCause()) {
            case DatabaseException database -> throw database;
            case IOException io -> io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
