package org.paceline.daemon.config.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.paceline.dialer.threads.ThreadWatch;

/**
 * Reads files within a time limit, because a drive that has gone away may never answer. A read that hangs keeps its
 * thread; the read is not begun again, nor waited for, until it returns. The threads are not virtual: calls to the
 * drive that hang would block the processors' carrier threads, and with them the API's virtual threads.
 *
 * <p>Thread: one at a time.
 */
final class TimedReads implements AutoCloseable {
    /** The beginning of the message of a read that came too late. */
    static final String LATE = "did not answer within ";

    private static final long LIMIT_MILLIS = 2_000;

    private final ThreadWatch watch;
    private final long limitMillis;
    private final Map<Path, FutureTask<?>> hanging = new HashMap<>();

    /** One thread, and one more for each read that hangs. */
    private final ExecutorService readers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("config-read").daemon().factory());

    TimedReads(ThreadWatch watch) {
        this(watch, LIMIT_MILLIS);
    }

    TimedReads(ThreadWatch watch, long limitMillis) {
        this.watch = watch;
        this.limitMillis = limitMillis;
    }

    /**
     * @param read may wait for the drive
     * @throws IOException from the read; or where it did not answer within the limit
     */
    <T> T within(Path path, Callable<T> read) throws IOException {
        FutureTask<?> before = hanging.get(path);
        if (before != null && !before.isDone()) {
            throw late();
        }
        hanging.remove(path);
        FutureTask<T> task = new FutureTask<>(read);
        readers.execute(watch.guard("config-read", task));
        try {
            return task.get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            hanging.put(path, task);
            throw late();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("was not read: the daemon stops", e);
        }
    }

    private IOException late() {
        return new IOException(LATE + limitMillis + " ms: is its drive there?");
    }

    /** Closes the reader; a read that hangs is left to itself. */
    @Override
    public void close() {
        readers.shutdownNow();
    }
}
