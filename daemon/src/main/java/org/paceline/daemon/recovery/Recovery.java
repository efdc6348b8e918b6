package org.paceline.daemon.recovery;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.SessionTable;
import org.paceline.daemon.attempts.AttemptEnds;
import org.paceline.daemon.attempts.AttemptEnds.InDoubt;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.CallbackTable;
import org.paceline.daemon.leads.KeptCallback;
import org.paceline.daemon.leads.LeadSettlements;
import org.paceline.daemon.leads.LeaseTable;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadNext;

/**
 * Puts in order what a node's dead process left: attempts without an outcome may have been dialled or not, so they end
 * as {@code INTERRUPTED}, count against every cap, and cost what was reserved for them. Their leads go on by their
 * campaign's retry plan. Sums of its budgets that a torn file left wrong are counted again, the node's other leases are
 * released, and its agents' shifts are ended. Doing it twice, or from two nodes at once, has the effect of doing it
 * once.
 *
 * <p>Thread: any; may block.
 */
public final class Recovery {
    private static final int CHUNK = 1_000;

    /** Stands for no node: no node has this name. */
    private static final String NOBODY = "";

    private final Database database;
    private final LongSupplier epochMillis;
    private final Function<CampaignId, @Nullable RetryPlan> plans;

    /**
     * @param plans returns how a campaign retries; null for a campaign that is not configured any more, whose leads
     * just go back
     */
    public Recovery(Database database, LongSupplier epochMillis, Function<CampaignId, @Nullable RetryPlan> plans) {
        this.database = database;
        this.epochMillis = epochMillis;
        this.plans = plans;
    }

    /** Recovers all runs of a node whose process is dead. */
    public RecoveryReport recover(String node) throws SQLException {
        return recover(node, Long.MAX_VALUE);
    }

    /**
     * @param node the node whose process is dead, or is this one and has not begun yet
     * @param lastRun the run that is over, with all before it
     */
    public RecoveryReport recover(String node, long lastRun) throws SQLException {
        Interrupted interrupted = interrupt(node, lastRun);
        return new RecoveryReport(
                interrupted.attempts,
                interrupted.leadsRetried,
                interrupted.leadsDone,
                recount(node, lastRun),
                release(node),
                endSessions(node));
    }

    /**
     * The result for attempts in doubt.
     *
     * @param leadsRetried how many of their leads are tried again
     * @param leadsDone how many of their leads had their last attempt
     */
    public record Interrupted(int attempts, int leadsRetried, int leadsDone) {}

    /** The first step of {@link #recover}: ends attempts in doubt. */
    public Interrupted interrupt(String node, long lastRun) throws SQLException {
        return interrupt(node, lastRun, node);
    }

    /**
     * Ends attempts in doubt of a node's earlier runs, while a newer run of the node lives, whose leads are left alone.
     *
     * @return how many
     */
    int interruptBefore(String node, long lastRun) throws SQLException {
        return interrupt(node, lastRun, NOBODY).attempts;
    }

    private Interrupted interrupt(String node, long lastRun, String holder) throws SQLException {
        Interrupted sum = new Interrupted(0, 0, 0);
        long after = Long.MIN_VALUE;
        while (true) {
            long last = after;
            Chunk chunk = database.write(handle -> interrupt(handle, node, lastRun, last, holder));
            sum = new Interrupted(
                    sum.attempts + chunk.interrupted, sum.leadsRetried + chunk.retried, sum.leadsDone + chunk.done);
            if (chunk.found < CHUNK) {
                return sum;
            }
            after = chunk.lastCall; // the next chunk begins behind it, whatever became of these
        }
    }

    /**
     * Does the second step: counts sums of budgets again that do not agree with the run's attempts, all of which have
     * ended.
     */
    public int recount(String node, long lastRun) throws SQLException {
        return database.write(handle -> BudgetTable.recount(handle, node, lastRun));
    }

    /** Does the third step: leads that were leased and not dialled go back. */
    public int release(String node) {
        return database.write(handle -> LeaseTable.releaseAll(handle, node));
    }

    /** Does the fourth step: ends agents' shifts that were left open. */
    public int endSessions(String node) {
        return database.write(handle -> SessionTable.close(handle, node));
    }

    private Chunk interrupt(Handle handle, String node, long lastRun, long after, String holder) throws SQLException {
        List<InDoubt> found = AttemptEnds.inDoubt(handle, node, lastRun, after, CHUNK);
        Chunk chunk = new Chunk(
                found.size(), found.isEmpty() ? after : found.getLast().call().value());
        List<Long> interrupted = new ArrayList<>();
        long now = epochMillis.getAsLong();
        for (InDoubt attempt : found) {
            if (!AttemptEnds.interrupt(handle, attempt.call(), now)) {
                continue;
            }
            chunk.interrupted++;
            interrupted.add(attempt.call().value());
            LeadNext next = next(attempt, now);
            boolean changed = LeadSettlements.interrupt(handle, attempt.lead(), next, holder);
            if (next instanceof LeadNext.Done) {
                CallbackTable.endOfLead(handle, attempt.lead(), KeptCallback.State.MISSED);
                chunk.done += changed ? 1 : 0;
            } else {
                chunk.retried += changed ? 1 : 0;
            }
        }
        BudgetTable.settle(handle, interrupted);
        return chunk;
    }

    private LeadNext next(InDoubt attempt, long now) {
        RetryPlan plan = plans.apply(attempt.campaign());
        return plan == null
                ? new LeadNext.RetryAt(now, null)
                : plan.after(Outcome.INTERRUPTED, Outcome.INTERRUPTED.usualFault(), 0, attempt.leadFaults(), now);
    }

    private static final class Chunk {
        final int found;
        final long lastCall;
        int interrupted;
        int retried;
        int done;

        Chunk(int found, long lastCall) {
            this.found = found;
            this.lastCall = lastCall;
        }
    }
}
