package org.paceline.daemon.agents;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.EventSink;

/**
 * Tells the engine of agents' qualifications: all of them once, then what any node enters, within about a second.
 *
 * <p>Thread: its own, {@code qualifications}; {@link #poll} and {@link #close} from any.
 */
public final class QualificationWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /**
     * How far below the highest id a poll looks, because ids are given before the commit, and so a lower one may become
     * visible after a higher one.
     */
    private static final long OVERLAP = 1_000;

    private final QualificationTable table;
    private final EventSink sink;
    private final Map<About, Long> told = new HashMap<>();
    private final PeriodicWorker worker;
    private long highest;

    private record About(AgentId agent, CampaignId campaign) {}

    public QualificationWatch(Database database, EventSink sink, PeriodicWorkers workers) {
        this.table = new QualificationTable(database);
        this.sink = sink;
        this.worker =
                workers.worker(new PeriodicTask("qualifications", PERIOD, PeriodicTask.DATABASE_LIMIT, this::tellNew));
    }

    /** Tells the engine of all qualifications. */
    public void load() {
        tellNew();
    }

    /** Starts polling; call {@link #load} before. */
    public void start() {
        worker.startAfterLoading();
    }

    /** Tells the engine at once of new entries; a database that does not answer is asked again later. */
    public void poll() {
        worker.turn();
    }

    private synchronized void tellNew() {
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

    /** Closes the watch; waits at most 5 s for a poll under way. */
    @Override
    public void close() {
        worker.close();
    }
}
