package org.paceline.daemon.recovery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Stopping;
import org.paceline.dialer.call.CallId;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's sign of life in the database. A node's leads and calls in flight are its own while its lease holds: 60 s,
 * renewed every 15, by the database's clock, so that nodes' clocks need not agree. A node whose lease ran out 30 s ago is
 * taken for dead and another one recovers what it left; a node that finds itself taken for dead, or its name in use by a
 * newer process, says so once and must stop.
 *
 * <p>Thread: its own, {@code node-lease}; {@link #take} and {@link #close} from any.
 */
public final class NodeLease implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
    private static final long LEASE_MILLIS = 60_000;
    private static final long GRACE_MILLIS = 30_000;
    private static final long PERIOD_MILLIS = 15_000;
    private static final long LIMIT_MILLIS = 180_000;

    /** A lease that another node ended; the dead one's past is not recovered yet. 0 is a lease that is over and done. */
    private static final long FENCED = 1;

    private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
    private static final String TAKE = "UPDATE node SET run = ?, lease_until = " + NOW + " + ? WHERE name = ?";
    private static final String TAKE_NEW =
            "INSERT INTO node (name, run, lease_until) VALUES (?, ?, " + NOW + " + ?) ON CONFLICT DO NOTHING";
    private static final String RENEW =
            "UPDATE node SET lease_until = " + NOW + " + ? WHERE name = ? AND run = ? AND lease_until > " + FENCED;
    private static final String FENCE =
            "UPDATE node SET lease_until = " + FENCED + " WHERE name = ? AND run = ? AND lease_until < " + NOW + " - ?";
    private static final String GIVE_UP = "UPDATE node SET lease_until = 0 WHERE name = ? AND run = ?";
    private static final String DEAD =
            "SELECT name, run FROM node WHERE name <> ? AND lease_until > 0 AND lease_until < " + NOW + " - ?";
    private static final String RELEASE = "UPDATE lead SET status = 'NEW', lease_node = NULL"
            + " WHERE status = 'LEASED' AND lease_node = ?"
            + " AND id NOT IN (SELECT lead_id FROM attempt WHERE outcome IS NULL AND node = ?)";

    private final Database database;
    private final String node;
    private final long run;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean lost;
    private int goodRenewals;
    private long failures;

    private NodeLease(Database database, String node, long run, Recovery recovery, Runnable onLost, ThreadWatch watch) {
        this.database = database;
        this.node = node;
        this.run = run;
        this.thread = watch.thread("node-lease", LIMIT_MILLIS, heartbeat -> loop(heartbeat, recovery, onLost));
    }

    /**
     * Begins a run of this node: takes the next run number and makes the name this process's.
     *
     * @param recovery for other nodes that die; this node's own past is the caller's to recover, before {@link #start}
     * @param onLost called once, on the lease's thread, when another process holds the name or recovered this node
     */
    public static NodeLease take(Database database, String node, Recovery recovery, Runnable onLost, ThreadWatch watch)
            throws SQLException {
        long run = database.write(handle -> {
            Connection connection = handle.getConnection();
            long number = nextRun(connection);
            takeName(connection, node, number);
            return number;
        });
        return new NodeLease(database, node, run, recovery, onLost, watch);
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

    private static void takeName(Connection connection, String node, long run) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(TAKE_NEW);
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            add.setString(1, node);
            add.setLong(2, run);
            add.setLong(3, LEASE_MILLIS);
            if (add.executeUpdate() == 0) {
                take.setLong(1, run);
                take.setLong(2, LEASE_MILLIS);
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

    private void loop(Heartbeat heartbeat, Recovery recovery, Runnable onLost) {
        try {
            while (!lost && !closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                heartbeat.beat();
                turn(recovery, onLost);
            }
        } catch (InterruptedException e) {
            log.debug("node lease interrupted");
        }
    }

    /** Renews the lease and looks for dead nodes. */
    void turn(Recovery recovery, Runnable onLost) {
        try {
            if (!renew()) {
                lost = true;
                log.error("node={} run={} lost its lease: another process has the name or took it for dead", node, run);
                onLost.run();
                return;
            }
            if (failures > 0) {
                log.info("node={} lease renewed again failures={}", node, failures);
                failures = 0;
            }
            // After an outage of the database every node's lease is old: each gets the time to renew it.
            goodRenewals++;
            if (goodRenewals * PERIOD_MILLIS > LEASE_MILLIS) {
                buryDead(recovery);
            }
        } catch (SQLException | JdbiException e) {
            goodRenewals = 0;
            if (failures++ == 0) {
                log.warn("node={} lease cannot be renewed; the next tries are counted", node, e);
            }
        }
    }

    private boolean renew() throws SQLException {
        return database.write(handle -> {
            try (PreparedStatement renew = handle.getConnection().prepareStatement(RENEW)) {
                renew.setLong(1, LEASE_MILLIS);
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
            RecoveryReport report = recovery.recover(dead.name);
            giveUp(dead.name, dead.run);
            log.warn(
                    "node={} is dead: interrupted={} leads_retried={} leads_done={} leases_released={}",
                    dead.name,
                    report.interruptedAttempts(),
                    report.leadsRetried(),
                    report.leadsDone(),
                    report.leasesReleased());
        }
    }

    private List<Dead> dead() throws SQLException {
        return database.jdbi().withHandle(handle -> {
            List<Dead> found = new ArrayList<>();
            try (PreparedStatement query = handle.getConnection().prepareStatement(DEAD)) {
                query.setString(1, node);
                query.setLong(2, GRACE_MILLIS);
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
                fence.setLong(3, GRACE_MILLIS);
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
}
