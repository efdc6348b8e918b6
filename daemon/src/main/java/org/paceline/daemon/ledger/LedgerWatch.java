package org.paceline.daemon.ledger;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.attempts.AnsweredTable;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.budget.HolderMonth;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.pacing.AnsweredCalls;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.dialer.time.LocalMonths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine of the answered and abandoned calls of earlier runs, at the start and whenever a campaign's windows grow,
 * and of those of other nodes every {@value #PERIOD_SECONDS} s while there are any. At the start and in the same period it tells
 * what earlier runs and other nodes took of the running month's budgets.
 *
 * <p>Thread: its own, {@code ledger}; {@link #close} from any.
 */
public final class LedgerWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerWatch.class);
    private static final long PERIOD_SECONDS = 10;
    private static final long LIMIT_MILLIS = 180_000;
    private static final int SLOTS = 1440;

    private final Database database;
    private final AnsweredTable table;
    private final LocalMonths months;
    private final Node node;
    private final Supplier<List<CampaignSettings>> campaigns;
    private final EventSink engine;
    private final LongSupplier epochMillis;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<String, Spent> toldSpent = new HashMap<>();
    private long failures;

    /**
     * Who asks.
     *
     * @param run the number of this start, whose calls the engine counts itself
     * @param zone whose months budgets are for
     */
    public record Node(String name, long run, ZoneId zone) {}

    private record Told(long windowMillis, List<AnsweredCalls> calls) {}

    /** @param campaigns those in force now */
    public LedgerWatch(
            Database database,
            Node node,
            Supplier<List<CampaignSettings>> campaigns,
            EventSink engine,
            LongSupplier epochMillis,
            ThreadWatch watch) {
        this.database = database;
        this.table = new AnsweredTable(database);
        this.node = node;
        this.months = new LocalMonths(node.zone);
        this.campaigns = campaigns;
        this.engine = engine;
        this.epochMillis = epochMillis;
        this.thread = watch.thread("ledger", LIMIT_MILLIS, this::run);
    }

    /** Tells of earlier runs first, so that no dial is paced without them. */
    public void start() {
        poll();
        thread.start();
    }

    private void run(Heartbeat heartbeat) {
        try {
            while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                heartbeat.beat();
                poll();
            }
        } catch (InterruptedException e) {
            log.debug("ledger watch interrupted");
        }
    }

    /** Tells what is new. */
    void poll() {
        try {
            boolean hasOthers = table.hasOtherNodes(node.name, epochMillis.getAsLong());
            List<String> inForce = new ArrayList<>();
            for (CampaignSettings campaign : campaigns.get()) {
                inForce.add(campaign.id().value());
                tell(campaign, hasOthers);
                tellSpent(campaign.budget().holder());
            }
            told.keySet().retainAll(inForce);
            if (failures > 0) {
                log.info("the ledger is read again failures={}", failures);
                failures = 0;
            }
        } catch (JdbiException | SQLException e) {
            if (failures++ == 0) {
                log.warn("the ledger cannot be read; tried again, and the next failures are counted", e);
            }
        }
    }

    private void tell(CampaignSettings campaign, boolean hasOthers) {
        Told before = told.get(campaign.id().value());
        long window = windowMillis(campaign);
        if (before != null && before.windowMillis >= window && !hasOthers) {
            return;
        }
        long slot = Math.ceilDiv(shortestWindowMillis(campaign), SLOTS);
        List<AnsweredCalls> calls = table.elsewhere(campaign.id(), epochMillis.getAsLong() - window, slot, node.run);
        if (before == null || !before.calls.equals(calls)) {
            engine.publish(new Event.AnswersElsewhere(campaign.id(), calls));
        }
        told.put(campaign.id().value(), new Told(window, calls));
    }

    private void tellSpent(String holder) throws SQLException {
        int month = months.monthOf(epochMillis.getAsLong());
        Spent spent = database.jdbi()
                .withHandle(handle ->
                        BudgetTable.elsewhere(handle.getConnection(), new HolderMonth(holder, month), node.run));
        Spent before = toldSpent.getOrDefault(holder, new Spent(holder, month, 0, 0));
        if (!spent.equals(before)) {
            engine.publish(new Event.SpentElsewhere(spent));
            toldSpent.put(holder, spent);
        }
    }

    private static long windowMillis(CampaignSettings campaign) {
        return campaign.rules().abandonments().stream()
                .mapToLong(terms -> terms.window().longestMillis())
                .max()
                .orElseThrow();
    }

    private static long shortestWindowMillis(CampaignSettings campaign) {
        return campaign.rules().abandonments().stream()
                .mapToLong(terms -> terms.window().longestMillis())
                .min()
                .orElseThrow();
    }

    /** Bounded: waits at most 5 s for a reading under way. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
