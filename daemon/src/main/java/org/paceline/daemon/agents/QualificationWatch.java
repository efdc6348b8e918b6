package org.paceline.daemon.agents;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine of agents' qualifications: all of them once, then what any node enters, within about a second.
 *
 * <p>Thread: its own, {@code qualifications}; {@link #poll} and {@link #close} from any.
 */
public final class QualificationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QualificationWatch.class);
    private static final long PERIOD_MILLIS = 1_000;
    private static final long LIMIT_MILLIS = 180_000;

    /** Ids are given before the commit, so a lower one may come to be seen after a higher one. */
    private static final long OVERLAP = 1_000;

    private final QualificationTable table;
    private final EventSink sink;
    private final Map<About, Long> told = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long highest;
    private long failures;

    private record About(AgentId agent, CampaignId campaign) {}

    public QualificationWatch(Database database, EventSink sink, ThreadWatch watch) {
        this.table = new QualificationTable(database);
        this.sink = sink;
        this.thread = watch.thread("qualifications", LIMIT_MILLIS, this::run);
    }

    /** Tells the engine of everything there is. */
    public void load() throws SQLException {
        tellNew();
    }

    /** After {@link #load}. */
    public void start() {
        thread.start();
    }

    private void run(Heartbeat heartbeat) {
        try {
            while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                heartbeat.beat();
                poll();
            }
        } catch (InterruptedException _) {
            LOG.debug("event=interrupted thread=qualifications");
        }
    }

    /** Tells the engine at once of what is new; a database that does not answer is asked again later. */
    public synchronized void poll() {
        try {
            tellNew();
            if (failures > 0) {
                LOG.info("event=qualifications-read-again failures={}", failures);
                failures = 0;
            }
        } catch (SQLException | JdbiException e) {
            if (failures++ == 0) {
                LOG.warn("event=qualifications-not-read the next tries are counted", e);
            }
        }
    }

    private synchronized void tellNew() throws SQLException {
        List<QualificationWord> words = table.after(highest - OVERLAP).stream()
                .filter(word -> word.id() > told.getOrDefault(about(word), Long.MIN_VALUE))
                .toList();
        if (words.isEmpty()) {
            return;
        }
        sink.publish(new Event.AgentsQualified(
                words.stream().map(QualificationWord::qualification).toList()));
        for (QualificationWord word : words) {
            told.put(about(word), word.id());
            highest = Math.max(highest, word.id());
        }
    }

    private static About about(QualificationWord word) {
        Qualification qualification = word.qualification();
        return new About(qualification.agent(), qualification.campaign());
    }

    /** Bounded: waits at most 5 s for a poll under way. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
