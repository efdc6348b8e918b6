package org.paceline.daemon.nodes;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.nodes.Fence.Finding;
import org.paceline.daemon.nodes.Fence.Hold;

/**
 * Checks before each transaction of one writer whether the run may still write, and whether the database still has what
 * was written. A server that takes over from another, or a file that had to be opened again, may lack the last commits;
 * they are put back in the same transaction, before anything else.
 *
 * <p>Thread: its writer's only.
 */
public final class Guard {
    /** How many servers are remembered. In a cluster whose servers all take writes, each has what the others have. */
    private static final int MOST_SERVERS = 16;

    private final Fence fence;
    private final Restoring restoring;
    private final Set<Object> servers = new LinkedHashSet<>();
    private Object entered;

    /** Puts back entries that the database may have lost; doing it again changes nothing. */
    @FunctionalInterface
    public interface Restoring {
        void restore(Handle handle) throws SQLException, IOException;
    }

    /** @param server the server that had everything when the writer began */
    public Guard(Fence fence, Object server, Restoring restoring) {
        this.fence = fence;
        this.restoring = restoring;
        this.entered = server;
        servers.add(server);
    }

    /** Guards nothing. */
    public static Guard none() {
        return new Guard(Fence.NONE, "", _ -> {});
    }

    /** Called first in a transaction that is written whatever becomes of the run. */
    public Finding enter(Handle handle) throws SQLException {
        return restored(handle, fence.check(handle));
    }

    /**
     * Called first in a transaction that only a run with a lease may write.
     *
     * @throws SQLException when the lease does not hold
     */
    public void enterHeld(Handle handle) throws SQLException {
        restored(handle, fence.demand(handle));
    }

    private Finding restored(Handle handle, Finding finding) throws SQLException {
        if (finding.hold() != Hold.TAKEN_OVER && !servers.contains(finding.server())) {
            try {
                restoring.restore(handle);
            } catch (IOException e) {
                throw new SQLException(e.getMessage(), e);
            }
            entered = finding.server();
        }
        return finding;
    }

    /** The transaction was committed. */
    public void committed() {
        if (servers.add(entered) && servers.size() > MOST_SERVERS) {
            servers.remove(servers.iterator().next());
        }
    }
}
