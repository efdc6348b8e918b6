package org.paceline.daemon.callbacks;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.paceline.daemon.database.Database;
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
    private static final String COUNTS = "SELECT SUM(CASE WHEN state = 'OPEN' THEN 1 ELSE 0 END),"
            + " SUM(CASE WHEN state = 'OPEN' AND due_at < :late THEN 1 ELSE 0 END),"
            + " SUM(CASE WHEN state = 'DONE' THEN 1 ELSE 0 END),"
            + " SUM(CASE WHEN state = 'DONE' AND done_at <= due_at + :onTime THEN 1 ELSE 0 END),"
            + " SUM(CASE WHEN state = 'MISSED' THEN 1 ELSE 0 END)"
            + " FROM callback WHERE campaign = :campaign AND due_at >= :since";

    private final Database database;
    private final Supplier<Map<String, Long>> onTimeMillis;
    private final LongSupplier epochMillis;
    private final PeriodicWorker worker;
    private volatile Map<String, CallbackFigures> figures = Map.of();

    /** @param onTimeMillis the campaigns in force, each with how late is still on time */
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
                .withHandle(handle -> handle.createQuery(COUNTS)
                        .bind("late", now - onTime)
                        .bind("onTime", onTime)
                        .bind("campaign", campaign)
                        .bind("since", now - WINDOW_MILLIS)
                        .map((row, _) -> new CallbackFigures(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                        .one());
    }

    /** Of each campaign, as last read. */
    public Map<String, CallbackFigures> figures() {
        return figures;
    }

    /** Bounded: waits at most 5 s for a reading under way. */
    @Override
    public void close() {
        worker.close();
    }
}
