package org.paceline.daemon.recovery;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.attempts.StrayAttempts;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.daemon.leads.LeaseTable;
import org.paceline.daemon.nodes.Fence;
import org.paceline.daemon.nodes.NodeTable;
import org.paceline.daemon.nodes.NodeTable.NodeRun;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's sign of life in the database. A node's leads and calls in flight are its own while its lease holds
 * ({@link Terms}), by the database's clock, so that nodes' clocks need not agree. A node whose lease has been over for
 * half its length counts as dead, and another node recovers what it left. A node that finds that it counts as dead, or
 * that a newer process uses its name, reports this once and must stop.
 *
 * <p>Thread: its own, {@code node-lease}; {@link #take} and {@link #close} from any.
 */
public final class NodeLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
    private static final long LIMIT_MILLIS = 180_000;

    private final Database database;
    private final NodeTable nodes;
    private final NodeRun own;
    private final Terms terms;
    private final Runnable onLost;
    private final AtomicBoolean lostTold = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean lost;
    private int goodRenewals;
    private long failures;

    /**
     * How long a lease holds by itself. It is renewed four times as often, and once it has been over for half that time
     * its node is dead.
     *
     * @param leaseMillis milliseconds
     */
    public record Terms(long leaseMillis) {
        public static final Terms DEFAULT = new Terms(60_000);

        long graceMillis() {
            return leaseMillis / 2;
        }

        long periodMillis() {
            return leaseMillis / 4;
        }
    }

    /**
     * The parameters with which a run begins.
     *
     * @param node the name
     * @param lastRun the highest run that this node knows of, or 0: a server that took over may have forgotten its
     * number
     */
    public record Wanted(String node, Terms terms, long lastRun) {}

    private NodeLease(
            Database database, Wanted wanted, long run, Recovery recovery, Runnable onLost, ThreadWatch watch) {
        this.database = database;
        this.nodes = new NodeTable(database);
        this.own = new NodeRun(wanted.node, run);
        this.terms = wanted.terms;
        this.onLost = onLost;
        this.thread = watch.thread("node-lease", LIMIT_MILLIS, heartbeat -> loop(heartbeat, recovery));
    }

    /**
     * Begins a run of this node: takes the next run number, and takes the name for this process.
     *
     * @param recovery recovers other nodes that die; the caller recovers this node's own past, before {@link #start}
     * @param onLost called once, on the lease's thread, when another process holds the name or recovered this node
     */
    public static NodeLease take(
            Database database, Wanted wanted, Recovery recovery, Runnable onLost, ThreadWatch watch) {
        long run = new NodeTable(database).begin(wanted.node, wanted.terms.leaseMillis, wanted.lastRun);
        return new NodeLease(database, wanted, run, recovery, onLost, watch);
    }

    /** Returns the number of this start, which is unlike any other in this database. */
    public long run() {
        return own.run();
    }

    /** Returns the first call id of this run; the following ones count up. */
    public CallId firstCallId() {
        return new CallId((own.run() << CallId.RUN_SHIFT) | 1);
    }

    public void start() {
        thread.start();
    }

    private void loop(Heartbeat heartbeat, Recovery recovery) {
        try {
            while (!lost && !closed.await(terms.periodMillis(), TimeUnit.MILLISECONDS)) {
                heartbeat.beat();
                turn(recovery);
            }
        } catch (InterruptedException e) {
            LOG.debug("node lease interrupted");
        }
    }

    /** Renews the lease and looks for dead nodes. */
    void turn(Recovery recovery) {
        try {
            if (!nodes.renew(own, terms.leaseMillis)) {
                tellLost();
                return;
            }
            if (failures > 0) {
                LOG.info("node={} event=lease-renewed-again failures={}", own.name(), failures);
                failures = 0;
            }
            // After an outage of the database every node's lease is old, and each node gets the time to renew it.
            goodRenewals++;
            if (goodRenewals * terms.periodMillis() > terms.leaseMillis) {
                buryDead(recovery);
            }
        } catch (SQLException | JdbiException e) {
            goodRenewals = 0;
            if (failures++ == 0) {
                LOG.warn(
                        "node={} event=lease-not-renewed effect=\"tried again; further failures are counted\"",
                        own.name(),
                        e);
            }
        }
    }

    /** Returns the fence, which writers ask whether this run may still write. */
    public Fence fence() {
        return new Fence(database, own.name(), own.run(), this::tellLost);
    }

    private void tellLost() {
        lost = true;
        if (lostTold.compareAndSet(false, true)) {
            LOG.error(
                    "node={} run={} event=lease-lost reason=\"another process has the name or took it for dead\"",
                    own.name(),
                    own.run());
            onLost.run();
        }
    }

    /** Recovers what dead nodes left. */
    void buryDead(Recovery recovery) throws SQLException {
        for (NodeRun dead : nodes.dead(own.name(), terms.graceMillis())) {
            if (!nodes.fence(dead, terms.graceMillis())) {
                continue;
            }
            RecoveryReport report = recovery.recover(dead.name(), dead.run());
            nodes.giveUp(dead);
            LOG.warn(
                    "node={} event=node-is-dead interrupted={} leads_retried={} leads_done={} leases_released={}",
                    dead.name(),
                    report.interruptedAttempts(),
                    report.leadsRetried(),
                    report.leadsDone(),
                    report.leasesReleased());
        }
        endStrays(recovery);
    }

    private void endStrays(Recovery recovery) throws SQLException {
        for (StrayAttempts.Stray stray : StrayAttempts.find(database, own.name())) {
            int ended = stray.nameLives()
                    ? recovery.interruptBefore(stray.node(), stray.run())
                    : recovery.recover(stray.node(), stray.run()).interruptedAttempts();
            LOG.warn("node={} run={} event=strays-ended attempts={}", stray.node(), stray.run(), ended);
        }
    }

    /**
     * Ends the run: releases leads that were not dialled, and the lease. The time is bounded by the database's
     * time-outs.
     */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
        if (lost) {
            return;
        }
        try {
            database.write(handle -> {
                // A newer process with the name may have come since the last renewal; then the leads belong to that
                // process.
                Fence.Hold hold = fence().check(handle).hold();
                return hold == Fence.Hold.ENDED || hold == Fence.Hold.TAKEN_OVER
                        ? 0
                        : LeaseTable.releaseNotDialled(handle, own.name());
            });
            nodes.giveUp(own);
        } catch (SQLException | JdbiException e) {
            LOG.warn(
                    "node={} event=lease-not-given-up effect=\"the next start recovers it\" reason=\"{}\"",
                    own.name(),
                    e.getMessage());
        }
    }
}
