package org.paceline.daemon.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.paceline.daemon.attempts.AttemptLog;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.recovery.NodeLease;
import org.paceline.daemon.recovery.Recovery;
import org.paceline.daemon.recovery.RecoveryReport;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in order, before anything is dialled, what the last run left and what the database lost. Each step is logged
 * with its count and time; a step that does not end fails the start.
 *
 * <p>Thread: the one that starts the daemon; each step has one of its own.
 */
final class StartRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(StartRecovery.class);

    private final Database database;
    private final DaemonConfig config;
    private final ClosingOrder closing;
    private final ThreadWatch threads;
    private final Duration limit;
    private final long startNanos = System.nanoTime();

    /**
     * The parts that the rest of the daemon needs.
     *
     * @param server the server that had everything that was put back, see {@code Fence}
     */
    record Result(AttemptLog attempts, DoNotCallLog optOuts, NodeLease lease, Object server) {}

    StartRecovery(Database database, DaemonConfig config, ClosingOrder closing, ThreadWatch threads) {
        this.database = database;
        this.config = config;
        this.closing = closing;
        this.threads = threads;
        this.limit = config.database().recoveryLimit();
    }

    /**
     * @param failed takes one line when the daemon cannot go on
     * @throws StartException with one line, also when a step does not end in time
     */
    Result run(CampaignTable campaigns, Consumer<String> failed) throws StartException, IOException {
        Path attemptFile = Settings.log(config, ".attempts");
        Path optOutFile = Settings.log(config, ".donotcall");
        AttemptLog attempts = openAttempts(attemptFile);
        DoNotCallLog optOuts = openOptOuts(optOutFile);
        String node = config.node().name();
        Recovery recovery = new Recovery(database, System::currentTimeMillis, campaigns::retryPlan);
        NodeLease lease = closing.add(
                "node-lease",
                step(
                        "node-lease",
                        () -> NodeLease.take(
                                database,
                                new NodeLease.Wanted(
                                        node,
                                        new NodeLease.Terms(
                                                config.node().lease().toMillis()),
                                        attempts.highestRun()),
                                recovery,
                                () -> failed.accept("node " + node + " lost its lease in the database"),
                                threads),
                        taken -> "run=" + taken.run()));
        lease.start();
        Object server = step(
                        "server",
                        () -> database.write(handle -> lease.fence().check(handle)),
                        finding -> "lease=" + finding.hold())
                .server();
        step("do-not-call-put-back", () -> optOuts.putBack(database), entries -> "entries=" + entries);
        step("attempts-put-back", () -> attempts.putBack(database, node), back -> "attempts=" + back);
        long lastRun = lease.run() - 1;
        Recovery.Interrupted doubt = step(
                "attempts-in-doubt",
                () -> recovery.interrupt(node, lastRun),
                found -> "interrupted=" + found.attempts() + " leads-retried=" + found.leadsRetried() + " leads-done="
                        + found.leadsDone());
        int recounted = step("budgets", () -> recovery.recount(node, lastRun), count -> "recounted=" + count);
        int released = step("leases", () -> recovery.release(node), count -> "released=" + count);
        int sessions = step("sessions", () -> recovery.endSessions(node), count -> "ended=" + count);
        tell(
                node,
                new RecoveryReport(
                        doubt.attempts(), doubt.leadsRetried(), doubt.leadsDone(), recounted, released, sessions));
        if (database.isShared()) {
            return new Result(attempts, optOuts, lease, server);
        }
        database.sync(); // the disk has what was put back before it loses where it came from
        forget(attemptFile, optOutFile);
        return new Result(AttemptLog.none(), DoNotCallLog.none(), lease, server);
    }

    /** Opens the log of attempts; an embedded database only has one from an older release. */
    private AttemptLog openAttempts(Path file) throws IOException {
        if (!database.isShared() && !Files.exists(file)) {
            return AttemptLog.none();
        }
        makeFolder(file);
        return closing.add("attempt-log", new AttemptLog(file, database.durability()));
    }

    private DoNotCallLog openOptOuts(Path file) throws IOException {
        if (!database.isShared() && !Files.exists(file)) {
            return DoNotCallLog.none();
        }
        makeFolder(file);
        return closing.add("do-not-call-log", new DoNotCallLog(file, database.durability()));
    }

    /** Removes an older release's logs, which the redo log has taken over. */
    private static void forget(Path... files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".1"));
        }
    }

    private static void tell(String node, RecoveryReport report) {
        if (!report.isEmpty()) {
            LOG.warn(
                    "event=recovered node={} interrupted={} leads-retried={} leads-done={} budgets-recounted={}"
                            + " leases-released={} sessions-ended={}",
                    node,
                    report.interruptedAttempts(),
                    report.leadsRetried(),
                    report.leadsDone(),
                    report.budgetsRecounted(),
                    report.leasesReleased(),
                    report.sessionsEnded());
        }
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new IOException(
                    "folder " + folder + " of the attempt log cannot be made: " + FileFault.reason(e)
                            + "; mend that, or name another one under database.log-folder",
                    e);
        }
    }

    private String tooLong(String step) {
        String line = "recovery step '" + step + "' did not end within database.recovery-limit of " + limit.toSeconds()
                + " s: ";
        if (database.isShared()) {
            return line
                    + "another session may hold a lock on these rows (see pg_stat_activity), or the limit is too short"
                    + " for so many";
        }
        Copies copies = database.copies();
        if (copies != null && !copies.opening().rebuilt().isEmpty()) {
            return line + "the database has just been made again, so the limit is too short for so many rows: raise it";
        }
        database.askRebuild("recovery step '" + step + "' did not end");
        return line + "the next start makes the database again from a copy and the redo log; where the limit was too"
                + " short for so many rows, raise it";
    }

    private <T> T step(String name, Callable<T> work, Function<T, String> counts) throws StartException {
        long begun = System.nanoTime();
        FutureTask<T> task = new FutureTask<>(work);
        // Never interrupted: an interrupt in the middle of H2's file access closes the whole database.
        threads.thread("start-" + name, limit.toMillis(), _ -> task.run()).start();
        try {
            T result = task.get(limit.toNanos() - (begun - startNanos), TimeUnit.NANOSECONDS);
            LOG.info(
                    "event=start-step step={} {} millis={}",
                    name,
                    counts.apply(result),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            return result;
        } catch (TimeoutException e) {
            throw new StartException(tooLong(name), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String place = cause instanceof IOException ? "" : "recovery step '" + name + "' failed: ";
            throw new StartException(place + Daemon.firstLine(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("recovery step '" + name + "' was interrupted", e);
        }
    }
}
