package org.paceline.daemon.database;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, for a bounded time, until threads that use the database end. They are never interrupted: an interrupt in the
 * middle of H2's file access closes the whole database.
 */
public final class Stopping {
    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Stopping() {}

    /** Waits 5 s for a daemon thread that was told to stop, then leaves it to itself. */
    public static void join(Thread thread) {
        try {
            if (thread.isAlive() && !thread.join(LIMIT)) {
                LOG.warn("event=stop-timed-out thread={} seconds={}", thread.getName(), LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
