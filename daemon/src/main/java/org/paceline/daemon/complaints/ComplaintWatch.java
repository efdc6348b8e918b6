package org.paceline.daemon.complaints;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts open cases, and warns of each that becomes overdue, once over all nodes and runs.
 *
 * <p>Thread: its own, {@code complaints}; {@link #figures} and {@link #close} from any.
 */
public final class ComplaintWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ComplaintWatch.class);
    private static final long PERIOD_SECONDS = 10;
    private static final long LIMIT_MILLIS = 180_000;

    private final Database database;
    private final LongSupplier epochMillis;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Counts counts = new Counts(0, 0);
    private long failures;

    private record Counts(long open, long overdue) {}

    public ComplaintWatch(Database database, LongSupplier epochMillis, ThreadWatch watch) {
        this.database = database;
        this.epochMillis = epochMillis;
        this.thread = watch.thread("complaints", LIMIT_MILLIS, this::run);
    }

    public void start() {
        thread.start();
    }

    private void run(Heartbeat heartbeat) {
        try {
            do {
                heartbeat.beat();
                poll();
            } while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            LOG.debug("complaint watch interrupted");
        }
    }

    /** @return the cases that nobody was warned of before */
    List<Complaint> poll() {
        try {
            long now = epochMillis.getAsLong();
            List<Complaint> overdue =
                    database.write(handle -> ComplaintTable.takeNewlyOverdue(handle.getConnection(), now));
            overdue.forEach(complaint -> LOG.warn(
                    "event=complaint-overdue id={} owner={} campaign={}",
                    complaint.id(),
                    complaint.owner(),
                    complaint.campaign()));
            counts = database.jdbi().withHandle(handle -> {
                Connection connection = handle.getConnection();
                return new Counts(
                        ComplaintTable.countOpen(connection, Long.MAX_VALUE),
                        ComplaintTable.countOpen(connection, now));
            });
            if (failures > 0) {
                LOG.info("complaints are read again failures={}", failures);
                failures = 0;
            }
            return overdue;
        } catch (SQLException | JdbiException e) {
            if (failures++ == 0) {
                LOG.warn("complaints cannot be read; tried again, and the next failures are counted", e);
            }
            return List.of();
        }
    }

    /** Figures of now, by name in dotted form. */
    public Map<String, Long> figures() {
        Counts seen = counts;
        return Map.of("complaints.open.cases", seen.open, "complaints.open.overdue", seen.overdue);
    }

    /** Bounded: waits at most 5 s for a reading under way. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
