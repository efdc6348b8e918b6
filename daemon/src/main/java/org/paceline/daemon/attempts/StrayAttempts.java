package org.paceline.daemon.attempts;

import java.util.List;
import org.paceline.daemon.database.Database;

/**
 * Attempts in flight of a run that is over: stored in the moment in which it ended, or put back.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class StrayAttempts {
    /**
     * Finds the strays. Attempts of a node name that a newer run has are that run's to end, because it knows which
     * leads it holds.
     */
    private static final String STRAYS = "SELECT a.node, MAX(a.run) AS run,"
            + " MAX(CASE WHEN n.run > a.run THEN 1 ELSE 0 END) AS name_lives"
            + " FROM attempt a LEFT JOIN node n ON n.name = a.node WHERE a.outcome IS NULL"
            + " AND (n.name IS NULL OR n.lease_until = 0 OR (a.run < n.run AND a.node = :node)) GROUP BY a.node";

    private StrayAttempts() {}

    /**
     * A node's run that is over, with attempts of it or of earlier ones.
     *
     * @param nameLives whether a newer run has the name, and the leads
     */
    public record Stray(String node, long run, boolean nameLives) {}

    /** @param node the name of this node */
    public static List<Stray> find(Database database, String node) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(STRAYS)
                        .bind("node", node)
                        .map((row, _) ->
                                new Stray(row.getString("node"), row.getLong("run"), row.getInt("name_lives") == 1))
                        .list());
    }
}
