package org.paceline.daemon.run;

import org.paceline.daemon.attempts.LoggedAttemptJournal;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.donotcall.CurrentLists;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.nodes.Guard;
import org.paceline.daemon.recovery.NodeLease;
import org.paceline.daemon.store.LoggedStore;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the journal and the store of this run. Both write only while the run has its lease, and put back first what a
 * database lacks that took another one's place.
 *
 * <p>Thread: the one that starts the daemon.
 */
record Writers(Database database, DaemonConfig config, StartRecovery.Result recovered) {
    private static final Logger LOG = LoggerFactory.getLogger(Writers.class);

    /** @param lists the do-not-call lists in force, which the journal asks before each batch */
    AttemptJournal journal(CurrentLists lists) {
        NodeLease lease = recovered.lease();
        SqlAttemptJournal sql = new SqlAttemptJournal(database, config.node().name(), lease.run(), lists, guard(lease));
        return new LoggedAttemptJournal(sql, recovered.attempts(), lease.run());
    }

    private Guard guard(NodeLease lease) {
        String node = config.node().name();
        return new Guard(lease.fence(), recovered.server(), connection -> {
            int optOuts = recovered.optOuts().putBack(connection);
            int attempts = recovered.attempts().putBack(connection, node);
            if (attempts + optOuts > 0) { // while the disk is full this is asked again with each try
                LOG.warn(
                        "event=database-is-another node={} attempts-put-back={} do-not-call-put-back={}",
                        node,
                        attempts,
                        optOuts);
            }
        });
    }

    Store store(HeldLeads held) {
        SqlStore sql = new SqlStore(
                database,
                config.node().name(),
                held,
                config.complaints(),
                new SqlStore.Guarded(recovered.lease().fence(), recovered.server(), recovered.optOuts()));
        return new LoggedStore(sql, recovered.optOuts());
    }
}
