package org.paceline.daemon.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.paceline.daemon.attempts.AnsweredTable;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.budget.HolderMonth;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.nodes.NodeTable;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.pacing.AnsweredCalls;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.time.LocalMonths;

/**
 * Tells the engine of the answered and abandoned calls of earlier runs, at the start and whenever a campaign's windows
 * grow, and of those of other nodes every {@value #PERIOD_SECONDS} s while there are other nodes. At the start and in
 * the same period it tells what earlier runs and other nodes took of the running month's budgets.
 *
 * <p>Thread: its own, {@code ledger}; {@link #close} from any.
 */
public final class LedgerWatch implements AutoCloseable {
    private static final long PERIOD_SECONDS = 10;
    private static final int SLOTS = 1440;

    private final Database database;
    private final AnsweredTable table;
    private final NodeTable nodes;
    private final LocalMonths months;
    private final Node node;
    private final Supplier<List<CampaignSettings>> campaigns;
    private final EventSink engine;
    private final LongSupplier epochMillis;
    private final PeriodicWorker worker;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<String, Spent> toldSpent = new HashMap<>();

    /**
     * The node that asks.
     *
     * @param run the number of this start, whose calls the engine counts itself
     * @param zone the zone whose months budgets are for
     */
    public record Node(String name, long run, ZoneId zone) {}

    private record Told(long windowMillis, List<AnsweredCalls> calls) {}

    /** @param campaigns the campaigns in force now */
    public LedgerWatch(
            Database database,
            Node node,
            Supplier<List<CampaignSettings>> campaigns,
            EventSink engine,
            LongSupplier epochMillis,
            PeriodicWorkers workers) {
        this.database = database;
        this.table = new AnsweredTable(database);
        this.nodes = new NodeTable(database);
        this.node = node;
        this.months = new LocalMonths(node.zone);
        this.campaigns = campaigns;
        this.engine = engine;
        this.epochMillis = epochMillis;
        this.worker = workers.worker(new PeriodicTask(
                "ledger", Duration.ofSeconds(PERIOD_SECONDS), PeriodicTask.DATABASE_LIMIT, this::tellNew));
    }

    /** Starts the watch; tells of earlier runs first, so that no dial is paced without them. */
    public void start() {
        poll();
        worker.startAfterLoading();
    }

    /** Tells the engine of changes. */
    void poll() {
        worker.turn();
    }

    private void tellNew() throws SQLException {
        boolean hasOthers = nodes.hasOthers(node.name, epochMillis.getAsLong());
        List<String> inForce = new ArrayList<>();
        for (CampaignSettings campaign : campaigns.get()) {
            inForce.add(campaign.id().value());
            tell(campaign, hasOthers);
            tellSpent(campaign.budget().holder());
        }
        told.keySet().retainAll(inForce);
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
                .withHandle(handle -> BudgetTable.elsewhere(handle, new HolderMonth(holder, month), node.run));
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

    /** Closes the watch; waits at most 5 s for a reading under way. */
    @Override
    public void close() {
        worker.close();
    }
}
