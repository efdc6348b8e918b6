package org.paceline.daemon.nodes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;

/**
 * Tells whether this run may write. It is asked inside the transaction that writes, by the database's clock. On a
 * shared database the answer holds until the transaction ends, because its lock on the node's row keeps others from
 * ending the lease meanwhile. A process that is stopped in the middle loses its transaction after {@link
 * Database#IDLE_SECONDS}, well before others may end its lease.
 *
 * <p>Thread: any.
 */
public final class Fence {
    /** The fence for databases that no other node shares. */
    public static final Fence NONE = new Fence(null, "", 0, () -> {});

    /**
     * The value of a lease that another node ended while the dead node's past is not recovered yet. 0 is a lease that
     * is over and done with.
     */
    public static final long FENCED = 1;

    private static final String CHECK =
            "SELECT lease_until, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT),"
                    + " CAST(pg_postmaster_start_time() AS VARCHAR) FROM node WHERE name = ? AND run = ? FOR SHARE";

    /** The embedded file is always the same one: what it lacks, its redo log gives back. */
    private static final String FILE = "file";

    private final @Nullable Database database;
    private final String node;
    private final long run;
    private final Runnable lost;

    /** The state of the run's lease. */
    public enum Hold {
        /** The lease holds. */
        HELD,
        /** The lease is over but nobody ended it: it may be renewed, and until then nothing new is begun. */
        OVER,
        /** Another node ended the lease, and ends the run's calls in the database. */
        ENDED,
        /** A newer process has the node's name, and its leads. */
        TAKEN_OVER
    }

    /**
     * @param server identifies the server that answered; another one may lack the last commits
     */
    public record Finding(Hold hold, Object server) {}

    /** @param lost called, maybe often, when the run is over for good */
    public Fence(@Nullable Database database, String node, long run, Runnable lost) {
        this.database = database;
        this.node = node;
        this.run = run;
        this.lost = lost;
    }

    /** Asks for the state. It uses plain JDBC, because the journal asks before each batch. */
    public Finding check(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        if (database == null) {
            return new Finding(Hold.HELD, "");
        }
        if (!database.isShared()) {
            return new Finding(Hold.HELD, FILE);
        }
        try (PreparedStatement query = connection.prepareStatement(CHECK)) {
            query.setString(1, node);
            query.setLong(2, run);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    lost.run();
                    return new Finding(Hold.TAKEN_OVER, "");
                }
                return new Finding(hold(row.getLong(1), row.getLong(2)), row.getString(3));
            }
        }
    }

    private Hold hold(long leaseUntil, long now) {
        if (leaseUntil <= FENCED) {
            lost.run();
            return Hold.ENDED;
        }
        return leaseUntil > now ? Hold.HELD : Hold.OVER;
    }

    /**
     * Asks, and goes on only while the lease holds.
     *
     * @throws SQLException when it does not
     */
    public Finding demand(Handle handle) throws SQLException {
        Finding finding = check(handle);
        if (finding.hold != Hold.HELD) {
            throw new SQLException("node " + node + " run " + run + ": its lease in the database is "
                    + switch (finding.hold) {
                        case OVER -> "over and not renewed yet";
                        case ENDED -> "ended by another node";
                        case TAKEN_OVER, HELD -> "another process's";
                    });
        }
        return finding;
    }
}
