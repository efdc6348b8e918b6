package org.paceline.daemon.complaints;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts open cases, and warns of each that becomes overdue, once over all nodes and runs.
 *
 * <p>Thread: its own, {@code complaints}; {@link #figures} and {@link #close} from any.
 */
public final class ComplaintWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ComplaintWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Database database;
    private final LongSupplier epochMillis;
    private final PeriodicWorker worker;
    private volatile Counts counts = new Counts(0, 0);

    private record Counts(long open, long overdue) {}

    public ComplaintWatch(Database database, LongSupplier epochMillis, PeriodicWorkers workers) {
        this.database = database;
        this.epochMillis = epochMillis;
        this.worker = workers.worker(new PeriodicTask("complaints", PERIOD, PeriodicTask.DATABASE_LIMIT, this::look));
    }

    public void start() {
        worker.start();
    }

    /** @return the cases that nobody was warned of before */
    List<Complaint> look() {
        long now = epochMillis.getAsLong();
        List<Complaint> overdue = database.write(handle -> ComplaintTable.takeNewlyOverdue(handle, now));
        overdue.forEach(complaint -> LOG.warn(
                "event=complaint-overdue id={} owner={} campaign={}",
                complaint.id(),
                complaint.owner(),
                complaint.campaign()));
        counts = database.jdbi()
                .withHandle(handle -> new Counts(
                        ComplaintTable.countOpen(handle, Long.MAX_VALUE), ComplaintTable.countOpen(handle, now)));
        return overdue;
    }

    /** Returns the current figures, by name in dotted form. */
    public Map<String, Long> figures() {
        Counts seen = counts;
        return Map.of("complaints.open.cases", seen.open, "complaints.open.overdue", seen.overdue);
    }

    /** Closes the watch; waits at most 5 s for a reading under way. */
    @Override
    public void close() {
        worker.close();
    }
}
