package org.paceline.daemon.donotcall;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.numbers.OptOutLists;
import org.paceline.dialer.port.EventSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine, within about a second, of entries that other processes and nodes make in the do-not-call list or
 * take out of it.
 *
 * <p>Thread: its own, {@code do-not-call}; {@link #close} from any.
 */
public final class DoNotCallWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DoNotCallWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** How long a turn may take, because a list of millions of numbers may have to be read. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Database database;
    private final DoNotCallTable table;
    private final CurrentLists lists;
    private final EventSink sink;
    private final PeriodicWorker worker;
    private long seenVersion;

    /** Makes a watch; call {@link #load} once, then {@link #start}. */
    public DoNotCallWatch(Database database, CurrentLists lists, EventSink sink, PeriodicWorkers workers) {
        this.database = database;
        this.table = new DoNotCallTable(database);
        this.lists = lists;
        this.sink = sink;
        this.worker = workers.worker(new PeriodicTask("do-not-call", PERIOD, LIMIT, this::tellNew));
    }

    /** Tells the engine of all entries. */
    public void load() throws SQLException {
        seenVersion = table.load(entry -> sink.publish(new Event.NumberOptedOut(entry.e164(), entry.optOut())));
        refreshLists();
    }

    public void start() {
        worker.startAfterLoading();
    }

    /** Publishes all new entries. */
    void poll() {
        worker.turn();
    }

    private void tellNew() throws SQLException {
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
        } while (seenVersion > before && !worker.isClosed());
        refreshLists();
    }

    private void refreshLists() throws SQLException {
        long startNanos = System.nanoTime();
        OptOutLists changed = lists.refresh(database, System.currentTimeMillis());
        if (changed != null) {
            sink.publish(new Event.OptOutListsReplaced(changed));
            LOG.info(
                    "event=do-not-call-lists-read numbers={} millis={}",
                    changed.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
        }
    }

    /** Closes the watch; waits at most 5 s for a poll under way. */
    @Override
    public void close() {
        worker.close();
    }
}
