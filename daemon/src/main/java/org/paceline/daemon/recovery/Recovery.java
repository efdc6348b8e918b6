package org.paceline.daemon.recovery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.SessionTable;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.CallbackTable;
import org.paceline.daemon.leads.KeptCallback;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadNext;

/**
 * Puts in order what a node's dead process left: attempts without an outcome may have been dialled or not, so they end as
 * {@code INTERRUPTED}, count against every cap, and cost what was reserved for them; their leads go on as their campaign
 * retries; sums of its budgets that a torn file left wrong are counted again; the node's other leases are released, and its agents' shifts ended. Doing it twice, or from two nodes at once, does
 * it once.
 *
 * <p>Thread: any; may block.
 */
public final class Recovery {
    private static final int CHUNK = 1_000;

    /** No node's name. */
    private static final String NOBODY = "";

    private static final String IN_DOUBT = "SELECT a.call_id, a.lead_id, a.campaign, COALESCE(l.faults, 0)"
            + " FROM attempt a LEFT JOIN lead l ON l.id = a.lead_id"
            + " WHERE a.outcome IS NULL AND a.node = ? AND a.run <= ? AND a.call_id > ? ORDER BY a.call_id FETCH FIRST ? ROWS ONLY";
    private static final String INTERRUPT =
            "UPDATE attempt SET outcome = 'INTERRUPTED', fault = 'US', ended_at = ?, cost_micros = reserved_micros"
                    + " WHERE call_id = ? AND outcome IS NULL";
    private static final String LEAD_ON = "UPDATE lead SET status = ?, not_before = ?, attempts = attempts + 1,"
            + " faults = faults + 1, last_outcome = 'INTERRUPTED', lease_node = NULL WHERE id = ?"
            + " AND status IN ('LEASED', 'NEW')"
            + " AND (lease_node IS NULL OR lease_node = ?)";
    private static final String RELEASE =
            "UPDATE lead SET status = 'NEW', lease_node = NULL WHERE status = 'LEASED' AND lease_node = ?";

    private final Database database;
    private final LongSupplier epochMillis;
    private final Function<CampaignId, @Nullable RetryPlan> plans;

    /** @param plans how a campaign retries; null for one that is not configured any more, whose leads just go back */
    public Recovery(Database database, LongSupplier epochMillis, Function<CampaignId, @Nullable RetryPlan> plans) {
        this.database = database;
        this.epochMillis = epochMillis;
        this.plans = plans;
    }

    /** All runs of a node whose process is dead. */
    public RecoveryReport recover(String node) throws SQLException {
        return recover(node, Long.MAX_VALUE);
    }

    /**
     * @param node whose process is dead, or is this one and has not begun yet
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
     * What becomes of attempts in doubt.
     *
     * @param leadsRetried of their leads, those that are tried again
     * @param leadsDone of their leads, those that had their last attempt
     */
    public record Interrupted(int attempts, int leadsRetried, int leadsDone) {}

    /** The first step of {@link #recover}: ends attempts in doubt. */
    public Interrupted interrupt(String node, long lastRun) throws SQLException {
        return interrupt(node, lastRun, node);
    }

    /**
     * Ends attempts in doubt of a node's earlier runs, while a newer run of the node lives: its leads are left alone.
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
            Chunk chunk = database.write(handle -> interrupt(handle.getConnection(), node, lastRun, last, holder));
            sum = new Interrupted(
                    sum.attempts + chunk.interrupted, sum.leadsRetried + chunk.retried, sum.leadsDone + chunk.done);
            if (chunk.found < CHUNK) {
                return sum;
            }
            after = chunk.lastCall; // goes on behind it, whatever became of these
        }
    }

    /** The second step: sums of budgets that do not agree with the run's attempts, all of which have ended, are counted again. */
    public int recount(String node, long lastRun) throws SQLException {
        return database.write(handle -> BudgetTable.recount(handle.getConnection(), node, lastRun));
    }

    /** The third step: leads that were leased and not dialled go back. */
    public int release(String node) throws SQLException {
        return database.write(handle -> {
            try (PreparedStatement release = handle.getConnection().prepareStatement(RELEASE)) {
                release.setString(1, node);
                return release.executeUpdate();
            }
        });
    }

    /** The fourth step: agents' shifts that were left open end. */
    public int endSessions(String node) throws SQLException {
        return database.write(handle -> SessionTable.close(handle.getConnection(), node));
    }

    private Chunk interrupt(Connection connection, String node, long lastRun, long after, String holder)
            throws SQLException {
        List<InDoubt> found = inDoubt(connection, node, lastRun, after);
        Chunk chunk = new Chunk(found.size(), found.isEmpty() ? after : found.getLast().call);
        List<Long> interrupted = new ArrayList<>();
        long now = epochMillis.getAsLong();
        try (PreparedStatement interrupt = connection.prepareStatement(INTERRUPT);
                PreparedStatement leadOn = connection.prepareStatement(LEAD_ON)) {
            for (InDoubt attempt : found) {
                interrupt.setLong(1, now);
                interrupt.setLong(2, attempt.call);
                if (interrupt.executeUpdate() == 0) {
                    continue;
                }
                chunk.interrupted++;
                interrupted.add(attempt.call);
                LeadNext next = next(attempt, now);
                boolean isDone = next instanceof LeadNext.Done;
                leadOn.setString(1, isDone ? "DONE" : "NEW");
                leadOn.setLong(2, next instanceof LeadNext.RetryAt retry ? retry.epochMillis() : 0);
                leadOn.setLong(3, attempt.lead);
                leadOn.setString(4, holder);
                int changed = leadOn.executeUpdate();
                if (isDone) {
                    CallbackTable.endOfLead(connection, attempt.lead, KeptCallback.State.MISSED);
                }
                chunk.done += isDone ? changed : 0;
                chunk.retried += isDone ? 0 : changed;
            }
        }
        BudgetTable.settle(connection, interrupted);
        return chunk;
    }

    private static List<InDoubt> inDoubt(Connection connection, String node, long lastRun, long after)
            throws SQLException {
        List<InDoubt> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(IN_DOUBT)) {
            query.setString(1, node);
            query.setLong(2, lastRun);
            query.setLong(3, after);
            query.setInt(4, CHUNK);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new InDoubt(
                            rows.getLong(1), rows.getLong(2), new CampaignId(rows.getString(3)), rows.getInt(4)));
                }
            }
        }
        return found;
    }

    private LeadNext next(InDoubt attempt, long now) {
        RetryPlan plan = plans.apply(attempt.campaign);
        return plan == null
                ? new LeadNext.RetryAt(now, null)
                : plan.after(Outcome.INTERRUPTED, Outcome.INTERRUPTED.usualFault(), 0, attempt.leadFaults, now);
    }

    /** @param leadFaults how many attempts of its lead had ended by the trunk's or our doing before */
    private record InDoubt(long call, long lead, CampaignId campaign, int leadFaults) {}

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
