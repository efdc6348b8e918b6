package org.paceline.daemon.donotcall;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.numbers.OptOutLists;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine what other processes and nodes enter into the do-not-call list or take out of it, within about a second.
 *
 * <p>Thread: its own, {@code do-not-call}; {@link #close} from any.
 */
public final class DoNotCallWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DoNotCallWatch.class);
    private static final long PERIOD_MILLIS = 1_000;
    private static final long LIMIT_MILLIS = 600_000;

    private final Database database;
    private final DoNotCallTable table;
    private final CurrentLists lists;
    private final EventSink sink;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long seenVersion;
    private long failures;

    /** Call {@link #load} once, then {@link #start}. */
    public DoNotCallWatch(Database database, CurrentLists lists, EventSink sink, ThreadWatch watch) {
        this.database = database;
        this.table = new DoNotCallTable(database);
        this.lists = lists;
        this.sink = sink;
        this.thread = watch.thread("do-not-call", LIMIT_MILLIS, this::run);
    }

    /** Tells the engine of everything there is. */
    public void load() throws SQLException {
        seenVersion = table.load(entry -> sink.publish(new Event.NumberOptedOut(entry.e164(), entry.optOut())));
        refreshLists();
    }

    public void start() {
        thread.start();
    }

    private void run(Heartbeat heartbeat) {
        try {
            while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                heartbeat.beat();
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
                List<Event> events = new ArrayList<>();
                long seen = table.changes(
                        before,
                        entry -> events.add(new Event.NumberOptedOut(entry.e164(), entry.optOut())),
                        (e164, left) -> events.add(new Event.OptOutsRemoved(
                                e164, left.stream().map(DoNotCallEntry::optOut).toList())));
                events.forEach(sink::publish);
                seenVersion = seen;
            } while (seenVersion > before && closed.getCount() > 0);
            refreshLists();
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

    private void refreshLists() throws SQLException {
        long startNanos = System.nanoTime();
        OptOutLists changed = lists.refresh(database, System.currentTimeMillis());
        if (changed != null) {
            sink.publish(new Event.OptOutListsReplaced(changed));
            log.info(
                    "event=do-not-call-lists-read numbers={} millis={}",
                    changed.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
        }
    }

    /** Bounded: waits at most 5 s for a poll under way. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
