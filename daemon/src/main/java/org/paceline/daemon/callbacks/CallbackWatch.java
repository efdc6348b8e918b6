package org.paceline.daemon.callbacks;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how the campaigns keep their callbacks, over all nodes.
 *
 * <p>Thread: its own, {@code callbacks}; {@link #figures} and {@link #close} from any.
 */
public final class CallbackWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackWatch.class);
    private static final long PERIOD_SECONDS = 10;
    private static final long LIMIT_MILLIS = 180_000;
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
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Map<String, CallbackFigures> figures = Map.of();
    private long failures;

    /** @param onTimeMillis the campaigns in force, each with how late is still on time */
    public CallbackWatch(
            Database database, Supplier<Map<String, Long>> onTimeMillis, LongSupplier epochMillis, ThreadWatch watch) {
        this.database = database;
        this.onTimeMillis = onTimeMillis;
        this.epochMillis = epochMillis;
        this.thread = watch.thread("callbacks", LIMIT_MILLIS, this::run);
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
            LOG.debug("callback watch interrupted");
        }
    }

    void poll() {
        try {
            Map<String, CallbackFigures> counted = new TreeMap<>();
            onTimeMillis.get().forEach((campaign, millis) -> counted.put(campaign, count(campaign, millis)));
            figures = counted;
            if (failures > 0) {
                LOG.info("callbacks are read again failures={}", failures);
                failures = 0;
            }
        } catch (JdbiException e) {
            if (failures++ == 0) {
                LOG.warn("callbacks cannot be read; tried again, and the next failures are counted", e);
            }
        }
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
        closed.countDown();
        Stopping.join(thread);
    }
}
