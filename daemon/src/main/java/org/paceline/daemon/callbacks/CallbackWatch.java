package org.paceline.daemon.callbacks;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.leads.CallbackTable;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;

/**
 * Counts how the campaigns keep their callbacks, over all nodes.
 *
 * <p>Thread: its own, {@code callbacks}; {@link #figures} and {@link #close} from any.
 */
public final class CallbackWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long WINDOW_MILLIS = 30 * 24 * 3_600_000L;

    private final Database database;
    private final Supplier<Map<String, Long>> onTimeMillis;
    private final LongSupplier epochMillis;
    private final PeriodicWorker worker;
    private volatile Map<String, CallbackFigures> figures = Map.of();

    /** @param onTimeMillis the campaigns in force, each with how late a callback may be and still be on time */
    public CallbackWatch(
            Database database,
            Supplier<Map<String, Long>> onTimeMillis,
            LongSupplier epochMillis,
            PeriodicWorkers workers) {
        this.database = database;
        this.onTimeMillis = onTimeMillis;
        this.epochMillis = epochMillis;
        this.worker =
                workers.worker(new PeriodicTask("callbacks", PERIOD, PeriodicTask.DATABASE_LIMIT, this::countAll));
    }

    public void start() {
        worker.start();
    }

    void poll() {
        worker.turn();
    }

    private void countAll() {
        Map<String, CallbackFigures> counted = new TreeMap<>();
        onTimeMillis.get().forEach((campaign, millis) -> counted.put(campaign, count(campaign, millis)));
        figures = counted;
    }

    private CallbackFigures count(String campaign, long onTime) {
        long now = epochMillis.getAsLong();
        return database.jdbi()
                .withHandle(handle -> CallbackTable.count(handle, campaign, now - WINDOW_MILLIS, now, onTime));
    }

    /** Returns the figures of each campaign, as last read. */
    public Map<String, CallbackFigures> figures() {
        return figures;
    }

    /** Closes the watch; waits at most 5 s for a reading under way. */
    @Override
    public void close() {
        worker.close();
    }
}
