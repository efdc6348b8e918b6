package org.paceline.daemon.run;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.HealthCheck;
import org.paceline.daemon.database.OpeningErrors;
import org.paceline.daemon.gate.BadDatabaseException;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Opening;
import org.paceline.daemon.metrics.StorageFigures;
import org.paceline.daemon.periodic.PeriodicTask;
import org.paceline.daemon.periodic.PeriodicWorker;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.daemon.redo.LogExtent;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the embedded database again and again, and tells how that goes. A database that fails its check ends the
 * process: the next start sets it aside, and makes it again from the copy before and the redo log.
 *
 * <p>Thread: its own, {@code database-copies}; {@link #check}, {@link #figures} and {@link #close} from any.
 */
final class CopyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CopyWatch.class);
    private static final Duration LIMIT = Duration.ofHours(1);

    /** The first copy waits, so that it takes no time from a start, when agents wait for their lines. */
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);

    /** How long a rebuilt database keeps the check down, so that somebody looks why. */
    private static final Duration REBUILT_SHOWN = Duration.ofDays(1);

    private static final Copies.Made NONE = new Copies.Made("", 0, 0, 0, 0);

    private final Storage storage;
    private final Duration every;
    private final Consumer<String> failed;
    private final LongSupplier nanos;
    private final PeriodicWorker worker;
    private final long startNanos;
    private volatile State state;

    /** What is copied. */
    interface Storage {
        /** Makes a copy if anything was written since the newest one, see {@link Copies#refresh}. */
        Copies.Made refresh() throws SQLException, IOException;

        /** Ends a copy under way early, and refuses new ones. */
        void cancel();

        LogExtent log() throws IOException;

        Opening opening();

        /** Asks the next start to make the database again. */
        void askRebuild(String reason);

        static Storage of(Copies copies, Consumer<String> askRebuild) {
            return new Storage() {
                @Override
                public Copies.Made refresh() throws SQLException, IOException {
                    return copies.refresh();
                }

                @Override
                public void cancel() {
                    copies.cancel();
                }

                @Override
                public LogExtent log() throws IOException {
                    return copies.log();
                }

                @Override
                public Opening opening() {
                    return copies.opening();
                }

                @Override
                public void askRebuild(String reason) {
                    askRebuild.accept(reason);
                }
            };
        }
    }

    /**
     * @param good the newest copy, or null
     * @param goodAtNanos when it was made, or found to hold all
     * @param fault why the last try failed, one line, or empty
     */
    private record State(Copies.@Nullable Made good, long goodAtNanos, String fault, long failed) {}

    /**
     * @param failed takes one line when the daemon cannot go on
     * @param nanos monotonic time
     */
    CopyWatch(Storage storage, Duration every, Consumer<String> failed, LongSupplier nanos, PeriodicWorkers workers) {
        this.storage = storage;
        this.every = every;
        this.failed = failed;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.state = new State(null, startNanos, "", 0);
        this.worker = workers.worker(new PeriodicTask("database-copies", every, every.plus(LIMIT), this::turn));
    }

    void start() {
        worker.startAfter(FIRST_WAIT);
    }

    void turn() {
        State before = state;
        try {
            Copies.Made newest = storage.refresh();
            state = new State(newest, nanos.getAsLong(), "", before.failed);
            if (!before.fault.isEmpty()) {
                LOG.info("event=database-copied-again file={} reason=\"{}\"", newest.place(), before.fault);
            }
        } catch (BadDatabaseException e) {
            giveUp(String.valueOf(e.getMessage()));
        } catch (SQLException | IOException e) {
            if (OpeningErrors.isDamage(e)) {
                giveUp(OpeningErrors.firstLine(e));
            } else {
                fail(before, e);
            }
        }
    }

    private void giveUp(String reason) {
        LOG.error("event=database-check-failed reason=\"{}\" effect=\"it is made again at the next start\"", reason);
        storage.askRebuild("it failed its check: " + reason);
        failed.accept("the database failed its check: " + reason + "; the next start makes it again");
    }

    private void fail(State before, Exception cause) {
        if (worker.isClosed()) {
            return; // the copy was cancelled, or the database is being closed
        }
        String reason = cause instanceof IOException io ? FileFault.reason(io) : OpeningErrors.firstLine(cause);
        LOG.error(
                "event=database-not-copied reason=\"{}\" last-copy-seconds={} effect=\"the redo log grows; tried again"
                        + " in {} s\"",
                reason,
                age(before).toSeconds(),
                every.toSeconds());
        state = new State(before.good, before.goodAtNanos, reason, before.failed + 1);
    }

    private Duration age(State now) {
        return Duration.ofNanos(nanos.getAsLong() - now.goodAtNanos);
    }

    /** Returns the check {@code storage}: down while the newest copy is too old, and for a day after a rebuild. */
    HealthCheck check() {
        State now = state;
        Duration age = age(now);
        Opening opening = storage.opening();
        boolean old = age.compareTo(every.multipliedBy(2)) > 0;
        boolean rebuilt = !opening.rebuilt().isEmpty() && nanos.getAsLong() - startNanos < REBUILT_SHOWN.toNanos();
        List<String> lines = new ArrayList<>();
        lines.add(now.good == null ? "no copy yet" : "copy up to record " + now.good.number());
        if (old || !now.fault.isEmpty()) {
            lines.add((old ? "for " + age.toSeconds() + " s no copy could be made" : "the last copy failed")
                    + (now.fault.isEmpty() ? "" : ": " + now.fault));
        }
        lines.addAll(told(opening));
        return new HealthCheck("storage", !old && !rebuilt, false, String.join("; ", lines));
    }

    private static List<String> told(Opening opening) {
        List<String> lines = new ArrayList<>();
        if (!opening.rebuilt().isEmpty()) {
            lines.add("the database was made again at this start: " + opening.rebuilt());
        }
        if (!opening.cut().isEmpty()) {
            lines.add("the redo log was cut at this start: " + opening.cut());
        }
        if (!opening.lacking().isEmpty()) {
            lines.add("the redo log began anew at this start: " + opening.lacking());
        }
        return lines;
    }

    /** Returns the current figures. */
    StorageFigures figures() {
        State now = state;
        return new StorageFigures(age(now), now.good == null ? NONE : now.good, now.failed, log(), storage.opening());
    }

    private LogExtent log() {
        try {
            return storage.log();
        } catch (IOException e) {
            LOG.debug("event=redo-log-not-measured", e);
            return new LogExtent(1, 0, 0);
        }
    }

    @Override
    public void close() {
        storage.cancel();
        worker.close();
    }
}
