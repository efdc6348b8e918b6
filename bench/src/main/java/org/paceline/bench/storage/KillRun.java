package org.paceline.bench.storage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.storage.StorageChild.Work;

/**
 * Kills a writing process again and again, each time at a random moment, and lets the next one judge the database before
 * it writes on.
 *
 * <p>Thread: one.
 */
final class KillRun {
    private static final double LEAST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 2.5;
    private static final int COPY_EVERY = 4;
    private static final int MOST_RECOVERIES = 3;

    /** How often the limit of a start is waited for until the start counts as one without an end. */
    private static final int PATIENCE = 3;

    private static final Leads.Judgement UNKNOWN = new Leads.Judgement(0, 0, 0);

    private final StorageSettings settings;
    private final BenchFolder folder;
    private final PrintWriter progress;
    private final SplittableRandom random;
    private final List<Kill> kills = new ArrayList<>();
    private long child;
    private Duration lastStart;

    KillRun(StorageSettings settings, BenchFolder folder, PrintWriter progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
        this.random = new SplittableRandom(settings.seed());
        this.lastStart = settings.startLimit();
    }

    List<Kill> run() throws IOException, BenchException, InterruptedException {
        while (kills.size() < settings.kills()) {
            runOneDatabase();
        }
        return kills;
    }

    /** Kills until there are enough kills or attempts, or until there is a fault. */
    private void runOneDatabase() throws IOException, BenchException, InterruptedException {
        Path database = folder.next();
        boolean copying = false;
        ChildProcess writer = start(database, Work.WRITE);
        try {
            if (writer.awaitOpened(settings.startLimit().multipliedBy(PATIENCE)) == null) {
                throw new BenchException("a new database in " + database + " was not open within "
                        + PATIENCE * settings.startLimit().toSeconds() + " s");
            }
            boolean goesOn = true;
            while (goesOn) {
                String failure = killWhileItWrites(writer);
                folder.keepBefore(database);
                int recoveries = settings.duringRecovery() ? killDuringRecovery(database) : 0;
                boolean killedCopying = copying;
                copying = random.nextInt(COPY_EVERY) == 0;
                long aside = BenchFolder.setAside(database);
                writer = start(database, copying ? Work.WRITE_AND_COPY : Work.WRITE);
                Kill kill = judge(writer, killedCopying, recoveries, failure, database, aside);
                kills.add(kill);
                progress.println(kill.toLine());
                goesOn = !kill.isFault()
                        && kills.size() < settings.kills()
                        && kill.found().attempts() < settings.renewAt();
            }
            finish(writer, database);
        } finally {
            writer.close();
        }
    }

    private void finish(ChildProcess writer, Path database) throws IOException, BenchException, InterruptedException {
        Kill last = kills.getLast();
        if (last.isFault()) {
            writer.kill();
            progress.println("kept: " + folder.keepFault(database, last.number()));
        } else {
            writer.end();
            BenchFolder.delete(database);
        }
        progress.flush();
    }

    private ChildProcess start(Path database, Work work) throws IOException {
        child++;
        return ChildProcess.start(database, database.resolve("child.log"), child, settings, work);
    }

    /** Returns why the child ended before it was killed; empty where it did not. */
    private String killWhileItWrites(ChildProcess writer) throws InterruptedException {
        try {
            if (!writer.awaitFirstCommit(settings.startLimit())) {
                writer.kill();
                return "nothing was committed within " + settings.startLimit().toSeconds() + " s";
            }
        } catch (BenchException e) {
            writer.kill();
            return String.valueOf(e.getMessage());
        }
        sleep(random.nextDouble(LEAST_SECONDS, MOST_SECONDS));
        boolean failed = writer.isOver();
        writer.kill();
        return failed ? writer.failure() : "";
    }

    private int killDuringRecovery(Path database) throws IOException, InterruptedException {
        int recoveries = 0;
        do {
            try (ChildProcess opener = start(database, Work.NOTHING)) {
                sleep(random.nextDouble() * lastStart.toNanos() / 1e9);
                opener.kill();
            }
            recoveries++;
        } while (recoveries < MOST_RECOVERIES && random.nextBoolean());
        return recoveries;
    }

    private Kill judge(ChildProcess opener, boolean copying, int recoveries, String failure, Path database, long aside)
            throws IOException, InterruptedException {
        Leads.Judgement found = UNKNOWN;
        double startMillis = Double.NaN;
        double cpuMillis = Double.NaN;
        boolean slow = false;
        String why = failure;
        Duration patience = settings.startLimit().multipliedBy(PATIENCE);
        try {
            ChildProcess.Start start = opener.awaitOpened(patience);
            slow = start == null || start.nanos() > settings.startLimit().toNanos();
            Leads.Judgement judged = start == null ? null : opener.awaitJudged(patience);
            if (start != null) {
                startMillis = start.nanos() / 1e6;
                cpuMillis = start.cpuNanos() / 1e6;
                lastStart = Duration.ofNanos(start.nanos());
            }
            if (judged != null) {
                found = judged;
            } else if (start != null && why.isEmpty()) {
                why = "its rows could not be read within " + patience.toSeconds() + " s";
            }
        } catch (BenchException e) {
            why = why.isEmpty() ? String.valueOf(e.getMessage()) : why;
        }
        boolean rebuilt = BenchFolder.setAside(database) > aside;
        return new Kill(kills.size() + 1, copying, recoveries, startMillis, cpuMillis, found, slow, rebuilt, why);
    }

    private static void sleep(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
