package org.paceline.daemon.nodes;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.database.Database;

/**
 * The nodes' leases. Their times are by the database's clock, so that the nodes' clocks need not agree.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class NodeTable {
    private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
    private static final String NEXT_RUN = "SELECT nextval('run_number')";
    private static final String TAKE =
            "UPDATE node SET run = :run, lease_until = " + NOW + " + :lease WHERE name = :name";
    private static final String TAKE_NEW = "INSERT INTO node (name, run, lease_until) VALUES (:name, :run, " + NOW
            + " + :lease) ON CONFLICT DO NOTHING";
    private static final String RENEW = "UPDATE node SET lease_until = " + NOW
            + " + :lease WHERE name = :name AND run = :run AND lease_until > " + Fence.FENCED;
    private static final String FENCE = "UPDATE node SET lease_until = " + Fence.FENCED
            + " WHERE name = :name AND run = :run AND lease_until < " + NOW + " - :grace";
    private static final String GIVE_UP = "UPDATE node SET lease_until = 0 WHERE name = :name AND run = :run";
    private static final String DEAD = "SELECT name, run FROM node WHERE name <> :name AND lease_until > 0"
            + " AND lease_until < " + NOW + " - :grace";
    private static final String OTHERS = "SELECT COUNT(*) FROM node WHERE name <> :name AND lease_until > :now";

    private final Database database;

    /** One start of a node. */
    public record NodeRun(String name, long run) {}

    public NodeTable(Database database) {
        this.database = database;
    }

    /**
     * Takes the name for this process.
     *
     * @param leaseMillis how long the lease holds
     * @param lastRun the highest run that this node knows of, or 0
     * @return the run's number, higher than that and unlike any other in this database
     */
    public long begin(String name, long leaseMillis, long lastRun) {
        return database.write(handle -> {
            long run = nextRun(handle);
            while (run <= lastRun) {
                run = nextRun(handle);
            }
            if (take(handle, TAKE_NEW, name, run, leaseMillis) == 0) {
                take(handle, TAKE, name, run, leaseMillis);
            }
            return run;
        });
    }

    private static long nextRun(Handle handle) {
        return handle.createQuery(NEXT_RUN).mapTo(Long.class).one();
    }

    private static int take(Handle handle, String sql, String name, long run, long leaseMillis) {
        return handle.createUpdate(sql)
                .bind("name", name)
                .bind("run", run)
                .bind("lease", leaseMillis)
                .execute();
    }

    /** @return false where the run's lease was ended, or a newer run has the name */
    public boolean renew(NodeRun own, long leaseMillis) {
        return database.write(handle -> take(handle, RENEW, own.name, own.run, leaseMillis)) == 1;
    }

    /**
     * Ends the lease of a node that seems dead: from then on the node cannot renew it, should it only have been asleep.
     *
     * @param graceMillis how long the lease must have been over at least
     * @return whether it still was over
     */
    public boolean fence(NodeRun dead, long graceMillis) {
        return database.write(handle -> handle.createUpdate(FENCE)
                        .bind("name", dead.name)
                        .bind("run", dead.run)
                        .bind("grace", graceMillis)
                        .execute())
                == 1;
    }

    /** Gives the lease up: the run is over, and nothing of it is left to recover. */
    public void giveUp(NodeRun over) {
        database.write(handle -> handle.createUpdate(GIVE_UP)
                .bind("name", over.name)
                .bind("run", over.run)
                .execute());
    }

    /** Returns other nodes whose lease has been over for that long, and that are not recovered. */
    public List<NodeRun> dead(String ownName, long graceMillis) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(DEAD)
                        .bind("name", ownName)
                        .bind("grace", graceMillis)
                        .map((row, _) -> new NodeRun(row.getString("name"), row.getLong("run")))
                        .list());
    }

    /** Whether another node lives, by this node's clock: it only decides whether other nodes' calls are asked for. */
    public boolean hasOthers(String ownName, long nowEpochMillis) {
        return database.jdbi()
                        .withHandle(handle -> handle.createQuery(OTHERS)
                                .bind("name", ownName)
                                .bind("now", nowEpochMillis)
                                .mapTo(Long.class)
                                .one())
                > 0;
    }
}
