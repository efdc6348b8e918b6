package org.paceline.daemon.periodic;

import java.sql.SQLException;
import java.time.Duration;

/**
 * A task that a {@link PeriodicWorker} does again and again.
 *
 * @param name the name of its thread, and its label in {@code /metrics}
 * @param period the time from the end of one turn to the begin of the next
 * @param limit the longest time for a turn and the wait for it; after that {@code /health/live} reports that the thread
 * hangs
 * @param turn one turn
 */
public record PeriodicTask(String name, Duration period, Duration limit, Turn turn) {

    /** The limit of a turn that may wait for the database. */
    public static final Duration DATABASE_LIMIT = Duration.ofMinutes(3);

    /**
     * One turn. A database that does not answer is expected: it is counted, and the next turn tries again. Any other exception is a
     * fault of ours and ends the process.
     */
    @FunctionalInterface
    public interface Turn {
        /** @throws SQLException where the database does not answer, as its {@code JdbiException} */
        void run() throws SQLException;
    }

    public PeriodicTask {
        if (period.isZero() || period.isNegative() || limit.compareTo(period) <= 0) {
            throw new IllegalArgumentException(
                    "task=" + name + " period=" + period + " limit=" + limit + ": 0 < period < limit");
        }
    }
}
