package org.paceline.daemon.pauses;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.EventSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses and resumes campaigns without touching a file. An order given here takes effect on this node for the very next
 * call, and on every other node of the database within a second; it outlives restarts.
 *
 * <p>Thread: its own, {@code pauses}, reads orders given on other nodes; the methods are for any thread.
 */
public final class CampaignPauses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignPauses.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final PauseTable table;
    private final EventSink engine;
    private final LongSupplier epochMillis;
    private final PeriodicWorker worker;
    private volatile Map<CampaignId, CampaignPause> told = Map.of();

    public CampaignPauses(Database database, EventSink engine, LongSupplier epochMillis, PeriodicWorkers workers) {
        this.table = new PauseTable(database);
        this.engine = engine;
        this.epochMillis = epochMillis;
        this.worker = workers.worker(new PeriodicTask("pauses", PERIOD, PeriodicTask.DATABASE_LIMIT, this::tell));
    }

    /**
     * Tells the engine of every pause, before the engine knows any campaign.
     *
     * @throws JdbiException where the database does not answer
     */
    public void load() {
        tell();
    }

    public void start() {
        worker.startAfterLoading();
    }

    /**
     * Stops a campaign's dialling; live calls go on.
     *
     * @param by who gives the order: {@code supervisor:boss}
     * @return the pause in force, an earlier one where the campaign was paused already
     * @throws JdbiException where the database does not answer: the order may be done, and then takes effect within a
     * second
     */
    public CampaignPause pause(CampaignId campaign, String by, String reason) {
        CampaignPause inForce = table.pause(campaign, new CampaignPause(by, reason, epochMillis.getAsLong()));
        tell();
        return inForce;
    }

    /**
     * Lets a campaign dial again.
     *
     * @return the pause that is over, or null where the campaign was not paused
     * @throws JdbiException where the database does not answer: the order may be done, and then takes effect within a
     * second
     */
    public @Nullable CampaignPause resume(CampaignId campaign, String by, String reason) {
        CampaignPause over = table.resume(campaign, new CampaignPause(by, reason, epochMillis.getAsLong()));
        tell();
        if (over != null) {
            LOG.info("campaign={} event=campaign-resumed by={} reason=\"{}\"", campaign, by, reason);
        }
        return over;
    }

    /** Returns the pauses in force, as last read: those ordered here at once, those of other nodes within a second. */
    public Map<CampaignId, CampaignPause> inForce() {
        return told;
    }

    private synchronized void tell() {
        Map<CampaignId, CampaignPause> now = table.paused();
        if (now.equals(told)) {
            return;
        }
        now.forEach((campaign, pause) -> {
            if (!pause.equals(told.get(campaign))) {
                LOG.warn(
                        "campaign={} event=campaign-paused by={} reason=\"{}\" effect=\"no calls are placed\"",
                        campaign,
                        pause.by(),
                        pause.reason());
            }
        });
        told.keySet().stream()
                .filter(campaign -> !now.containsKey(campaign))
                .forEach(campaign -> LOG.info("campaign={} event=campaign-not-paused", campaign));
        engine.publish(new Event.CampaignsPaused(now));
        told = now;
    }

    /** Tells the engine of changes made elsewhere. */
    void poll() {
        worker.turn();
    }

    /** Closes the watch; waits at most 5 s for a reading under way. */
    @Override
    public void close() {
        worker.close();
    }
}
