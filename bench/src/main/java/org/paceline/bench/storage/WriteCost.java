package org.paceline.bench.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.storage.StorageChild.Work;

/**
 * What an attempt costs a process that is not killed: its lead changed and its row added.
 *
 * @param commitsPerSecond of all threads
 * @param cpuMicros of the whole process, an attempt
 * @param databaseBytes by which the database's file grows, an attempt
 * @param logBytes in the redo log, an attempt
 */
record WriteCost(double commitsPerSecond, double cpuMicros, double databaseBytes, double logBytes) {
    static final int WARM_UP_SECONDS = 5;

    /** Measures in a new database, which is removed. */
    static WriteCost measure(StorageSettings settings, BenchFolder folder)
            throws IOException, BenchException, InterruptedException {
        Path database = folder.next();
        try (ChildProcess writer =
                ChildProcess.start(database, database.resolve("child.log"), 1, settings, Work.WRITE)) {
            if (!writer.awaitFirstCommit(settings.startLimit())) {
                throw new BenchException(
                        "nothing was committed within " + settings.startLimit().toSeconds() + " s");
            }
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            ChildProcess.Written first = writer.written();
            long databaseBytes = BenchFolder.databaseBytes(database);
            long logBytes = BenchFolder.logBytes(database);
            TimeUnit.SECONDS.sleep(settings.costSeconds());
            ChildProcess.Written last = writer.written();
            double attempts = Math.max(1, last.attempts() - first.attempts());
            WriteCost cost = new WriteCost(
                    (last.commits() - first.commits()) * 1e9 / (last.nanos() - first.nanos()),
                    (last.cpuNanos() - first.cpuNanos()) / 1e3 / attempts,
                    (BenchFolder.databaseBytes(database) - databaseBytes) / attempts,
                    (BenchFolder.logBytes(database) - logBytes) / attempts);
            writer.end();
            BenchFolder.delete(database);
            return cost;
        }
    }
}
