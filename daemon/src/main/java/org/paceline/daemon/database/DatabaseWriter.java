package org.paceline.daemon.database;

import java.util.concurrent.TimeUnit;

/**
 * Lets the embedded database write its state into its file again and again, on a thread of its own. What that thread
 * throws goes to the process's own handler, which ends a daemon.
 *
 * <p>Thread: {@code database-writer}; {@link #close} from any.
 */
final class DatabaseWriter implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A write that hangs, as on a disk that answers no more, must not keep the process from ending. */
    private static final long END_MILLIS = 10_000;

    private final Runnable write;
    private final Thread thread;
    private boolean closing;

    private DatabaseWriter(Runnable write) {
        this.write = write;
        this.thread = Thread.ofPlatform().name("database-writer").daemon().unstarted(this::run);
    }

    static DatabaseWriter start(Runnable write) {
        DatabaseWriter writer = new DatabaseWriter(write);
        writer.thread.start();
        return writer;
    }

    private void run() {
        while (pause()) {
            try {
                write.run();
            } catch (RuntimeException e) {
                throw new AssertionError("the embedded database can no longer be written", e);
            }
        }
    }

    /** Returns whether to go on. */
    private synchronized boolean pause() {
        long begun = System.nanoTime();
        long left = PAUSE_NANOS;
        while (!closing && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException _) {
                return false;
            }
            left = PAUSE_NANOS - (System.nanoTime() - begun);
        }
        return !closing;
    }

    /** Waits for the write under way: an interrupt would close the file in its middle. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
