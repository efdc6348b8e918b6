package org.paceline.daemon.run;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.gate.BadDatabaseException;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the embedded database again and again. A database that fails its check ends the process: the next start sets it
 * aside, and makes it again from the copy before and the redo log.
 *
 * <p>Thread: its own, {@code database-copies}; {@link #close} from any.
 */
final class CopyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CopyWatch.class);
    private static final Duration LIMIT = Duration.ofHours(1);

    private final Database database;
    private final @Nullable Copies copies;
    private final Consumer<String> failed;
    private final PeriodicWorker worker;
    private volatile @Nullable String fault;

    /** @param failed takes one line when the daemon cannot go on */
    CopyWatch(Database database, Duration every, Consumer<String> failed, PeriodicWorkers workers) {
        this.database = database;
        this.copies = database.copies();
        this.failed = failed;
        this.worker = workers.worker(new PeriodicTask("database-copies", every, every.plus(LIMIT), this::turn));
    }

    void start() {
        if (copies != null) {
            worker.start();
        }
    }

    private void turn() throws SQLException {
        if (copies == null) {
            return;
        }
        try {
            if (copies.isDue()) {
                copies.make();
            }
            fault = null;
        } catch (BadDatabaseException e) {
            LOG.error(
                    "event=database-check-failed reason=\"{}\" effect=\"it is made again at the next start\"",
                    e.getMessage());
            database.askRebuild("it failed its check: " + e.getMessage());
            failed.accept("the database failed its check: " + e.getMessage() + "; the next start makes it again");
        } catch (IOException e) {
            fault = FileFault.reason(e);
            LOG.error("event=database-not-copied reason=\"{}\" effect=\"the redo log grows\"", fault);
        }
    }

    /** Returns why the last copy could not be made, one line, or null. */
    @Nullable
    String fault() {
        return fault;
    }

    @Override
    public void close() {
        worker.close();
    }
}
