package org.paceline.daemon.donotcall;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.engine.Event;
import org.paceline.dialer.port.EventSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine what other processes and nodes enter into the do-not-call list, within about a second.
 *
 * <p>Thread: its own, {@code do-not-call}; {@link #close} from any.
 */
public final class DoNotCallWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DoNotCallWatch.class);
    private static final long PERIOD_MILLIS = 1_000;

    private final DoNotCallTable table;
    private final EventSink sink;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("do-not-call").daemon().unstarted(this::run);
    private long seenVersion;
    private long failures;

    /** @param seenVersion as {@link DoNotCallTable#load} returned it */
    public DoNotCallWatch(DoNotCallTable table, EventSink sink, long seenVersion) {
        this.table = table;
        this.sink = sink;
        this.seenVersion = seenVersion;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                poll();
            }
        } catch (InterruptedException e) {
            log.debug("do-not-call watch interrupted");
        }
    }

    /** Publishes everything that is new. */
    void poll() {
        try {
            long before;
            do {
                before = seenVersion;
                List<DoNotCallEntry> entries = new ArrayList<>();
                long seen = table.changes(before, entries::add);
                for (DoNotCallEntry entry : entries) {
                    sink.publish(new Event.NumberOptedOut(entry.e164(), entry.optOut()));
                }
                seenVersion = seen;
            } while (seenVersion > before && closed.getCount() > 0);
            if (failures > 0) {
                log.info("do-not-call list is read again failures={}", failures);
                failures = 0;
            }
        } catch (SQLException | JdbiException e) {
            if (failures++ == 0) {
                log.warn("do-not-call list cannot be read; the next tries are counted", e);
            }
        }
    }

    /** Bounded: waits at most 5 s for a poll under way. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
