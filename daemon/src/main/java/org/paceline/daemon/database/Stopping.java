package org.paceline.daemon.database;

import java.time.Duration;

/** Waits for the database's own threads to end, never for ever. */
public final class Stopping {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Stopping() {}

    /** Waits 5 s for a thread that was told to stop, then interrupts it. */
    public static void join(Thread thread) {
        try {
            if (thread.isAlive() && !thread.join(LIMIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
