package org.paceline.daemon.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.paceline.daemon.run.Daemon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a daemon that failed ends its process: in order where that works, else at once. Errors on threads of
 * libraries, of which nobody else would be told, count as the daemon's own.
 *
 * <p>Thread: any.
 */
final class LastResort {
    /** How long closing may take: longer than all of its bounded waits together. */
    private static final long CLOSING_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private LastResort() {}

    static void watchOver(Daemon daemon) {
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            if (cause instanceof Error) {
                daemon.threads().died(thread.getName(), cause);
            } else {
                LOG.error("event=uncaught thread={}", thread.getName(), cause);
            }
        });
        var _ = daemon.failure().thenAccept(line -> {
            Thread watchdog = new Thread(() -> end(line), "last-resort");
            watchdog.setDaemon(true);
            watchdog.start();
        });
    }

    private static void end(String line) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSING_SECONDS);
        while (deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
        System.err.println("paceline run: stopped: " + line + "; it did not close in " + CLOSING_SECONDS + " s");
        Runtime.getRuntime().halt(CommandFailed.FAILED);
    }
}
