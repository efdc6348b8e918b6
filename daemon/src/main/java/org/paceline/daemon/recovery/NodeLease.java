package org.paceline.daemon.recovery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.daemon.nodes.Fence;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's sign of life in the database. A node's leads and calls in flight are its own while its lease holds ({@link Terms}), by
 * the database's clock, so that nodes' clocks need not agree. A node whose lease has been over for half its time is
 * taken for dead and another one recovers what it left; a node that finds itself taken for dead, or its name in use by a
 * newer process, says so once and must stop.
 *
 * <p>Thread: its own, {@code node-lease}; {@link #take} and {@link #close} from any.
 */
public final class NodeLease implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
    private static final long LIMIT_MILLIS = 180_000;

    private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
    private static final String TAKE = "UPDATE node SET run = ?, lease_until = " + NOW + " + ? WHERE name = ?";
    private static final String TAKE_NEW =
            "INSERT INTO node (name, run, lease_until) VALUES (?, ?, " + NOW + " + ?) ON CONFLICT DO NOTHING";
    private static final String RENEW = "UPDATE node SET lease_until = " + NOW
            + " + ? WHERE name = ? AND run = ? AND lease_until > " + Fence.FENCED;
    private static final String FENCE = "UPDATE node SET lease_until = " + Fence.FENCED
            + " WHERE name = ? AND run = ? AND lease_until < " + NOW + " - ?";
    private static final String GIVE_UP = "UPDATE node SET lease_until = 0 WHERE name = ? AND run = ?";
    private static final String DEAD =
            "SELECT name, run FROM node WHERE name <> ? AND lease_until > 0 AND lease_until < " + NOW + " - ?";
    /**
     * Attempts in flight of a run that is over: recorded in the moment in which it ended, or put back. Those of a name that a newer
     * run has are that one's to end, for it knows which leads it holds.
     */
    private static final String STRAYS = "SELECT a.node, MAX(a.run), MAX(CASE WHEN n.run > a.run THEN 1 ELSE 0 END)"
            + " FROM attempt a LEFT JOIN node n ON n.name = a.node WHERE a.outcome IS NULL"
            + " AND (n.name IS NULL OR n.lease_until = 0 OR (a.run < n.run AND a.node = ?)) GROUP BY a.node";

    private static final String RELEASE = "UPDATE lead SET status = 'NEW', lease_node = NULL"
            + " WHERE status = 'LEASED' AND lease_node = ?"
            + " AND id NOT IN (SELECT lead_id FROM attempt WHERE outcome IS NULL AND node = ?)";

    private final Database database;
    private final String node;
    private final long run;
    private final Terms terms;
    private final Runnable onLost;
    private final AtomicBoolean lostTold = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean lost;
    private int goodRenewals;
    private long failures;

    /**
     * How long a lease holds by itself; it is renewed four times as often, and after half as long again its node is dead.
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
     * What a run begins with.
     *
     * @param node the name
     * @param lastRun the highest run that this node knows of, or 0: a server that took over may have forgotten its number
     */
    public record Wanted(String node, Terms terms, long lastRun) {}

    private NodeLease(
            Database database, Wanted wanted, long run, Recovery recovery, Runnable onLost, ThreadWatch watch) {
        this.database = database;
        this.node = wanted.node;
        this.run = run;
        this.terms = wanted.terms;
        this.onLost = onLost;
        this.thread = watch.thread("node-lease", LIMIT_MILLIS, heartbeat -> loop(heartbeat, recovery));
    }

    /**
     * Begins a run of this node: takes the next run number and makes the name this process's.
     *
     * @param recovery for other nodes that die; this node's own past is the caller's to recover, before {@link #start}
     * @param onLost called once, on the lease's thread, when another process holds the name or recovered this node
     */
    public static NodeLease take(
            Database database, Wanted wanted, Recovery recovery, Runnable onLost, ThreadWatch watch)
            throws SQLException {
        long run = database.write(handle -> {
            Connection connection = handle.getConnection();
            long number = nextRun(connection);
            while (number <= wanted.lastRun) {
                number = nextRun(connection);
            }
            takeName(connection, wanted.node, number, wanted.terms);
            return number;
        });
        return new NodeLease(database, wanted, run, recovery, onLost, watch);
    }

    private static long nextRun(Connection connection) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement("SELECT nextval('run_number')");
                ResultSet row = next.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("sequence run_number gave no row");
            }
            return row.getLong(1);
        }
    }

    private static void takeName(Connection connection, String node, long run, Terms terms) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(TAKE_NEW);
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            add.setString(1, node);
            add.setLong(2, run);
            add.setLong(3, terms.leaseMillis);
            if (add.executeUpdate() == 0) {
                take.setLong(1, run);
                take.setLong(2, terms.leaseMillis);
                take.setString(3, node);
                take.executeUpdate();
            }
        }
    }

    /** The number of this start, unlike any other in this database. */
    public long run() {
        return run;
    }

    /** The first call id of this run; the following count up. */
    public CallId firstCallId() {
        return new CallId((run << CallId.RUN_SHIFT) | 1);
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
            log.debug("node lease interrupted");
        }
    }

    /** Renews the lease and looks for dead nodes. */
    void turn(Recovery recovery) {
        try {
            if (!renew()) {
                tellLost();
                return;
            }
            if (failures > 0) {
                log.info("node={} lease renewed again failures={}", node, failures);
                failures = 0;
            }
            // After an outage of the database every node's lease is old: each gets the time to renew it.
            goodRenewals++;
            if (goodRenewals * terms.periodMillis() > terms.leaseMillis) {
                buryDead(recovery);
            }
        } catch (SQLException | JdbiException e) {
            goodRenewals = 0;
            if (failures++ == 0) {
                log.warn("node={} lease cannot be renewed; the next tries are counted", node, e);
            }
        }
    }

    /** What writers ask whether this run may still write. */
    public Fence fence() {
        return new Fence(database, node, run, this::tellLost);
    }

    private void tellLost() {
        lost = true;
        if (lostTold.compareAndSet(false, true)) {
            log.error("node={} run={} lost its lease: another process has the name or took it for dead", node, run);
            onLost.run();
        }
    }

    private boolean renew() throws SQLException {
        return database.write(handle -> {
            try (PreparedStatement renew = handle.getConnection().prepareStatement(RENEW)) {
                renew.setLong(1, terms.leaseMillis);
                renew.setString(2, node);
                renew.setLong(3, run);
                return renew.executeUpdate() == 1;
            }
        });
    }

    /** Recovers what dead nodes left. */
    void buryDead(Recovery recovery) throws SQLException {
        for (Dead dead : dead()) {
            if (!fence(dead)) {
                continue;
            }
            RecoveryReport report = recovery.recover(dead.name, dead.run);
            giveUp(dead.name, dead.run);
            log.warn(
                    "node={} is dead: interrupted={} leads_retried={} leads_done={} leases_released={}",
                    dead.name,
                    report.interruptedAttempts(),
                    report.leadsRetried(),
                    report.leadsDone(),
                    report.leasesReleased());
        }
        endStrays(recovery);
    }

    private void endStrays(Recovery recovery) throws SQLException {
        for (Stray stray : strays()) {
            int ended = stray.nameLives
                    ? recovery.interruptBefore(stray.name, stray.run)
                    : recovery.recover(stray.name, stray.run).interruptedAttempts();
            log.warn("node={} run={} event=strays-ended attempts={}", stray.name, stray.run, ended);
        }
    }

    private List<Stray> strays() throws SQLException {
        return database.jdbi().withHandle(handle -> {
            List<Stray> found = new ArrayList<>();
            try (PreparedStatement query = handle.getConnection().prepareStatement(STRAYS)) {
                query.setString(1, node);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Stray(rows.getString(1), rows.getLong(2), rows.getInt(3) == 1));
                    }
                }
            }
            return found;
        });
    }

    private List<Dead> dead() throws SQLException {
        return database.jdbi().withHandle(handle -> {
            List<Dead> found = new ArrayList<>();
            try (PreparedStatement query = handle.getConnection().prepareStatement(DEAD)) {
                query.setString(1, node);
                query.setLong(2, terms.graceMillis());
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Dead(rows.getString(1), rows.getLong(2)));
                    }
                }
            }
            return found;
        });
    }

    /** From then on the node, should it only have slept, cannot renew. */
    private boolean fence(Dead dead) throws SQLException {
        return database.write(handle -> {
            try (PreparedStatement fence = handle.getConnection().prepareStatement(FENCE)) {
                fence.setString(1, dead.name);
                fence.setLong(2, dead.run);
                fence.setLong(3, terms.graceMillis());
                return fence.executeUpdate() == 1;
            }
        });
    }

    private void giveUp(String name, long ofRun) throws SQLException {
        database.write(handle -> {
            try (PreparedStatement end = handle.getConnection().prepareStatement(GIVE_UP)) {
                end.setString(1, name);
                end.setLong(2, ofRun);
                return end.executeUpdate();
            }
        });
    }

    /** Ends the run: releases leads that were not dialled, and the lease. Bounded by the database's time-outs. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
        if (lost) {
            return;
        }
        try {
            database.write(handle -> {
                // A newer process of the name may have come since the last renewal: then the leads are that one's.
                Fence.Hold hold = fence().check(handle.getConnection()).hold();
                if (hold == Fence.Hold.ENDED || hold == Fence.Hold.TAKEN_OVER) {
                    return 0;
                }
                try (PreparedStatement release = handle.getConnection().prepareStatement(RELEASE)) {
                    release.setString(1, node);
                    release.setString(2, node);
                    return release.executeUpdate();
                }
            });
            giveUp(node, run);
        } catch (SQLException | JdbiException e) {
            log.warn("node={} lease cannot be given up; the next start recovers it: {}", node, e.getMessage());
        }
    }

    private record Dead(String name, long run) {}

    /** @param nameLives whether a newer run has the name, and the leads */
    private record Stray(String name, long run, boolean nameLives) {}
}
