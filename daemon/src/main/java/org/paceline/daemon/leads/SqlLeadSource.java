package org.paceline.daemon.leads;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.NumberHistories;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.daemon.database.DatabaseWatch.Work;
import org.paceline.daemon.database.Stopping;
import org.paceline.daemon.nodes.Fence;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.Refusal;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases leads from the database. A campaign whose last request came up short is checked every second, so that the
 * engine is told of an import, a retry or a lead put back by another node with {@code LeadsChanged}. The engine is told
 * of due promised calls every second, until somebody takes them.
 *
 * <p>Thread: its own, {@code leads}; {@link #request} from the engine, never waits; {@link #close} from any.
 */
public final class SqlLeadSource implements LeadSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlLeadSource.class);

    /**
     * The most requests that may wait. The engine has one request for each campaign under way; more than this is a
     * broken invariant.
     */
    private static final int MOST_REQUESTS = 10_000;

    private static final long LOOK_MILLIS = 1_000;
    private static final long LIMIT_MILLIS = 180_000;
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LAST_RETRY_MILLIS = 5_000;

    private static final Asked WAKE = new Request(new CampaignId("-"), 0);

    private final Database database;
    private final String node;
    private final LeadLeases leases;
    private final CallbackLeases callbacks;
    private final RefusedLeads refused;
    private final HeldLeads held;
    private final NumberPlan numbers;
    private final ToLongFunction<CampaignId> historyMillis;
    private final Function<CampaignId, ListOrder> order;
    private final EventSink sink;
    private final LongSupplier epochMillis;
    private final DatabaseWatch watch;
    private final BlockingQueue<Asked> requests = new ArrayBlockingQueue<>(MOST_REQUESTS);
    private final Set<CampaignId> changedRules = ConcurrentHashMap.newKeySet();
    private final Set<CampaignId> idle = new HashSet<>();
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean inDoubt;
    private long failures;

    /** The parts that the source works with. */
    public record Parts(
            Database database,
            String node,
            HeldLeads held,
            NumberPlan numbers,
            ToLongFunction<CampaignId> historyMillis,
            Function<CampaignId, ListOrder> order,
            EventSink sink,
            LongSupplier epochMillis,
            DatabaseWatch watch,
            Fence fence,
            ThreadWatch threads) {}

    private sealed interface Asked {}

    private record Request(CampaignId campaign, int count) implements Asked {}

    private record CallbackRequest(CampaignId campaign, Set<AgentId> agents, long graceMillis) implements Asked {}

    /** Makes the source; call {@link #start} once the node's past is recovered. */
    public SqlLeadSource(Parts parts) {
        this.database = parts.database;
        this.node = parts.node;
        this.leases = new LeadLeases(parts.database, parts.node, parts.fence);
        this.callbacks = new CallbackLeases(parts.database, parts.node, parts.fence);
        this.refused = new RefusedLeads(parts.database);
        this.held = parts.held;
        this.numbers = parts.numbers;
        this.historyMillis = parts.historyMillis;
        this.order = parts.order;
        this.sink = parts.sink;
        this.epochMillis = parts.epochMillis;
        this.watch = parts.watch;
        this.thread = parts.threads.thread("leads", LIMIT_MILLIS, this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void request(CampaignId campaign, int count) {
        ask(new Request(campaign, count));
    }

    @Override
    public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {
        ask(new CallbackRequest(campaign, agents, graceMillis));
    }

    private void ask(Asked asked) {
        if (!requests.offer(asked)) {
            throw new IllegalStateException(
                    "requests=" + MOST_REQUESTS + ": the engine must wait for LeadsArrived before it asks again");
        }
    }

    /**
     * The campaign's rules changed, or may have: leads that they refused are offered again within a second, to be
     * judged again.
     *
     * <p>Thread: any.
     */
    public void judgeAgain(CampaignId campaign) {
        changedRules.add(campaign);
    }

    private void run(Heartbeat heartbeat) {
        long nextLook = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
        try {
            while (!isClosed()) {
                heartbeat.beat();
                Asked asked = requests.poll(Math.max(0, nextLook - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (asked != null && !isClosed()) {
                    switch (asked) {
                        case Request request -> answer(request, heartbeat);
                        case CallbackRequest request -> answer(request);
                    }
                }
                if (nextLook - System.nanoTime() <= 0) {
                    look();
                    nextLook = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("lead source interrupted");
        }
    }

    /** Answers a request, however long the database takes to return. */
    private void answer(Request request, Heartbeat heartbeat) throws InterruptedException {
        long wait = FIRST_RETRY_MILLIS;
        Event.@Nullable LeadsArrived arrived = null;
        while (arrived == null && !isClosed()) {
            watch.begin(Work.LEADS);
            try {
                arrived = lease(request);
                recovered();
            } catch (SQLException | JdbiException e) {
                heartbeat.beat();
                failed(e);
                if (closed.await(wait, TimeUnit.MILLISECONDS)) {
                    return;
                }
                wait = Math.min(LAST_RETRY_MILLIS, wait * 2);
            }
        }
        if (arrived != null) {
            sink.publish(arrived);
        }
    }

    /** Answers a request for callbacks; where the database does not answer, the next look asks again. */
    private void answer(CallbackRequest request) {
        watch.begin(Work.LEADS);
        try {
            settleDoubt();
            long now = epochMillis.getAsLong();
            inDoubt = true;
            List<Lead> leads = leads(
                    request.campaign,
                    callbacks.lease(request.campaign, request.agents, request.graceMillis, now, held),
                    now);
            leads.forEach(lead -> held.add(lead.id()));
            inDoubt = false;
            if (!leads.isEmpty()) {
                sink.publish(new Event.CallbacksArrived(request.campaign, List.copyOf(leads)));
            }
            recovered();
        } catch (SQLException | JdbiException e) {
            failed(e);
        }
    }

    private void settleDoubt() {
        if (inDoubt) {
            int released = leases.releaseUnknown(held);
            LOG.info("event=leases-in-doubt released={}", released);
            inDoubt = false;
        }
    }

    private Event.LeadsArrived lease(Request request) throws SQLException {
        settleDoubt();
        long now = epochMillis.getAsLong();
        inDoubt = true;
        List<LeasedLead> rows = leases.lease(request.campaign, order.apply(request.campaign), request.count, now, held);
        // Histories are read before the leads count as held: if that fails, the leads are released as unknown.
        List<Lead> leads = leads(request.campaign, rows, now);
        boolean isShort = rows.size() < request.count;
        long nextDue = isShort ? leases.nextDue(request.campaign, now) : now;
        leads.forEach(lead -> held.add(lead.id()));
        inDoubt = false;
        if (isShort) {
            idle.add(request.campaign);
        } else {
            idle.remove(request.campaign);
        }
        String elsewhere = isShort ? leases.heldElsewhere(request.campaign) : null;
        return new Event.LeadsArrived(request.campaign, List.copyOf(leads), nextDue, elsewhere);
    }

    private List<Lead> leads(CampaignId campaign, List<LeasedLead> rows, long now) {
        long since = now - historyMillis.applyAsLong(campaign);
        Map<Long, AttemptHistory> histories = rows.isEmpty() ? Map.of() : histories(rows, since);
        List<Lead> leads = new ArrayList<>(rows.size());
        for (LeasedLead row : rows) {
            Lead lead = lead(campaign, row, histories.get(row.e164()), now);
            if (lead != null) {
                leads.add(lead);
            }
        }
        return leads;
    }

    private Map<Long, AttemptHistory> histories(List<LeasedLead> leads, long since) {
        List<Long> numbers = leads.stream().map(LeasedLead::e164).toList();
        return database.jdbi().withHandle(handle -> NumberHistories.read(handle, numbers, since));
    }

    private static Verdict.Refused notDialable(String reason) {
        return new Verdict.Refused(RuleId.LIST_SCREENED, reason, "numbering plan", Verdict.Refused.NEVER);
    }

    /** @return null where the numbering plan does not know the number any more */
    private @Nullable Lead lead(CampaignId campaign, LeasedLead row, @Nullable AttemptHistory history, long now) {
        return switch (numbers.parse("+" + row.e164(), null)) {
            case NumberPlan.Parsed.Valid(var number) ->
                new Lead(
                        row.id(),
                        campaign,
                        number,
                        row.attempts(),
                        row.faults(),
                        row.traits(),
                        history == null ? new AttemptHistory() : history);
            case NumberPlan.Parsed.Rejected(var reason) -> {
                refused.refuse(row.id(), node, new Refusal(notDialable(reason), now));
                LOG.warn("event=lead-refused lead={} campaign={} reason=\"{}\"", row.id(), campaign, reason);
                yield null;
            }
        };
    }

    /**
     * Tells the engine of due callbacks, and of idle campaigns that have due leads again; the latter once, until the
     * engine asks again.
     */
    void look() {
        watch.begin(Work.LEADS);
        try {
            offerRefused();
            for (CampaignId campaign : callbacks.campaigns(epochMillis.getAsLong())) {
                sink.publish(new Event.CallbacksDue(campaign));
            }
            Iterator<CampaignId> campaigns = idle.iterator();
            while (campaigns.hasNext()) {
                CampaignId campaign = campaigns.next();
                if (leases.nextDue(campaign, Long.MIN_VALUE) <= epochMillis.getAsLong()) {
                    campaigns.remove();
                    sink.publish(new Event.LeadsChanged(campaign));
                }
            }
            recovered();
        } catch (JdbiException e) {
            failed(e);
        }
    }

    private void offerRefused() {
        for (CampaignId campaign : List.copyOf(changedRules)) {
            changedRules.remove(campaign); // first, so that a change of the rules meanwhile is seen at the next look
            int offered;
            try {
                offered = refused.offer(campaign);
            } catch (JdbiException e) {
                changedRules.add(campaign);
                throw e;
            }
            if (offered > 0) {
                LOG.info("campaign={} event=refused-leads-offered-again leads={}", campaign, offered);
                idle.remove(campaign);
                sink.publish(new Event.LeadsChanged(campaign));
            }
        }
    }

    private void failed(Exception e) {
        watch.failed(Work.LEADS, e);
        if (failures++ == 0) {
            LOG.warn("event=leads-not-read effect=\"tried again; further failures are counted\"", e);
        }
    }

    private void recovered() {
        watch.succeeded(Work.LEADS);
        // A database that is full still answers questions, every other time.
        if (failures > 0 && watch.fault() == null) {
            LOG.info("event=leads-are-read-again failures={}", failures);
            failures = 0;
        }
    }

    /** Closes the source; waits at most 5 s for a lease under way. Leads that the engine holds stay leased. */
    @Override
    public void close() {
        closed.countDown();
        boolean woken = requests.offer(WAKE);
        LOG.debug("event=lead-source-stops woken={}", woken);
        Stopping.join(thread);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }
}
