package org.paceline.bench.storage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.report.Budget;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import org.paceline.daemon.database.Durability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paceline-bench storage}. */
@Command(
        name = "storage",
        description = {
            "Asks whether this machine and disk keep what was committed: kills a process that writes into an embedded database"
                    + " with SIGKILL at random moments, opens the database again, and counts what is lost or torn. Then measures"
                    + " what an attempt costs. Exit code 1 when anything was lost, torn, too slow or failed."
        })
public final class StorageCommand extends MeasuringCommand {
    @Option(names = "--kills", description = "Kills while it writes. Default: ${DEFAULT-VALUE}")
    private int kills = 20;

    @Option(names = "--threads", description = "Threads that write at once. Default: ${DEFAULT-VALUE}")
    private int threads = 3;

    @Option(names = "--leads", description = "Leads that are written to. Default: ${DEFAULT-VALUE}")
    private int leads = 2_000;

    @Option(
            names = "--renew-at",
            paramLabel = "ATTEMPTS",
            description = "Begins a new database when one has so many attempts. Default: ${DEFAULT-VALUE}")
    private int renewAt = 50_000;

    @Option(
            names = "--durability",
            description = "What a commit survives, as in database.durability: process or power. Default: process")
    private Durability durability = Durability.PROCESS;

    @Option(
            names = "--during-recovery",
            description = "Kills the process that opens the database after each kill one to three times too.")
    private boolean duringRecovery;

    @Option(
            names = "--start-limit",
            paramLabel = "SECONDS",
            description = "Longest start of a process after a kill, JVM included. Default: ${DEFAULT-VALUE}")
    private int startLimit = 20;

    @Option(
            names = "--cost",
            paramLabel = "SECONDS",
            description = "How long the cost of an attempt is measured, after a warm-up of 5 s; 0: not at all."
                    + " Default: ${DEFAULT-VALUE}")
    private int cost = 10;

    @Option(
            names = "--dir",
            description =
                    "A folder on the disk that is asked about. Default: a new one in the system's temporary folder")
    private @Nullable Path dir;

    @Option(names = "--seed", description = "Of the moments and of what is written. Default: a random one, printed")
    private @Nullable Long seed;

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        require("--kills", kills, 1, 100_000);
        require("--threads", threads, 1, 64);
        require("--leads", leads, threads, 1_000_000);
        require("--renew-at", renewAt, 1, 10_000_000);
        require("--start-limit", startLimit, 1, 3_600);
        require("--cost", cost, 0, 3_600);
        StorageSettings settings = new StorageSettings(
                kills,
                threads,
                leads,
                renewAt,
                durability,
                duringRecovery,
                Duration.ofSeconds(startLimit),
                cost,
                seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed);
        Path root = root();
        progress.println("storage: seed " + settings.seed() + ", in " + root);
        progress.flush();
        BenchFolder folder = new BenchFolder(root);
        List<Kill> done = new KillRun(settings, folder, progress).run();
        WriteCost measured = cost == 0 ? null : WriteCost.measure(settings, folder);
        if (done.stream().noneMatch(Kill::isFault)) {
            folder.removeRest(dir == null);
        }
        return findings(settings, done, measured);
    }

    private Path root() throws IOException {
        if (dir == null) {
            return Files.createTempDirectory("paceline-bench-storage");
        }
        if (Files.exists(dir)) {
            try (var files = Files.list(dir)) {
                if (files.findAny().isPresent()) {
                    throw wrongUse("--dir=" + dir + ": must be a new folder, or an empty one");
                }
            }
        }
        return Files.createDirectories(dir).toAbsolutePath();
    }

    /** Returns 1 when anything was lost, torn, too slow or failed. */
    @Override
    protected int exitCode(Report report) {
        return report.keepsBudgets() ? 0 : 1;
    }

    private static Report.Findings findings(StorageSettings settings, List<Kill> kills, @Nullable WriteCost cost) {
        Histogram starts = millis(kills, Kill::startMillis);
        Histogram cpu = millis(kills, Kill::startCpuMillis);
        long recoveries = kills.stream().mapToInt(Kill::recoveries).sum();
        long lost = kills.stream().mapToInt(kill -> kill.found().lost()).sum();
        long torn = kills.stream().mapToInt(kill -> kill.found().torn()).sum();
        long slow = kills.stream().filter(Kill::slow).count();
        long failed = kills.stream().filter(kill -> !kill.failure().isEmpty()).count();
        long rebuilt = kills.stream().filter(Kill::rebuilt).count();
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("kills", "kills of a process that wrote", kills.size(), ""));
        figures.add(Figure.of("recoveryKills", "kills of one that opened the database", (double) recoveries, ""));
        figures.add(none("lost", "leads older than what was told", lost));
        figures.add(none("torn", "leads whose tables differ", torn));
        figures.add(none("slow", "starts over the limit, or without an end", slow));
        figures.add(none("failed", "processes that failed", failed));
        figures.add(Figure.of("rebuilt", "databases made again", (double) rebuilt, ""));
        figures.add(Figure.of("start.p50", "start after a kill, p50", (double) starts.getValueAtPercentile(50), "ms"));
        figures.add(Figure.of("start.max", "start after a kill, longest", (double) starts.getMaxValue(), "ms"));
        figures.add(Figure.of("start.cpu", "CPU of a start, p50", (double) cpu.getValueAtPercentile(50), "ms"));
        if (cost != null) {
            figures.add(Figure.of("commits", "commits a second", cost.commitsPerSecond(), "/s"));
            figures.add(Figure.of("cpu", "CPU an attempt", cost.cpuMicros(), "µs"));
            figures.add(Figure.of("databaseBytes", "database, an attempt", cost.databaseBytes(), "B"));
            figures.add(Figure.of("logBytes", "redo log, an attempt", cost.logBytes(), "B"));
        }
        String headline = String.format(
                Locale.ROOT,
                "storage: %d kills and %d during recovery, %s: %d lost, %d torn, %d too slow, %d failed; start p50 %d ms, max %d"
                        + " ms",
                kills.size(),
                recoveries,
                settings.durability() == Durability.POWER ? "through to the disk" : "to the kernel",
                lost,
                torn,
                slow,
                failed,
                starts.getValueAtPercentile(50),
                starts.getMaxValue());
        return new Report.Findings(
                headline,
                figures,
                List.of(),
                notes(settings),
                List.of(),
                kills.stream().map(Kill::toRow).toList());
    }

    private static Histogram millis(List<Kill> kills, ToDoubleFunction<Kill> what) {
        Histogram millis = new Histogram(3);
        kills.stream()
                .mapToDouble(what)
                .filter(Double::isFinite)
                .forEach(value -> millis.recordValue(Math.round(value)));
        return millis;
    }

    private static Figure none(String name, String title, long count) {
        return Figure.of(name, title, (double) count, "").within(Budget.atMost(0));
    }

    private static List<String> notes(StorageSettings settings) {
        return List.of(String.format(
                Locale.ROOT,
                "Seed %d; %d threads, %,d leads. A transaction changes one to five leads and adds an attempt for each. Threads"
                        + " note what they were told in a plain file. A process is killed 0.1 to 2.5 s after its first commit,"
                        + " one in four while it makes copies. The next one opens the database, changes each lead (the start"
                        + " ends with that), and compares it with the plain file and its tables with each other; then it"
                        + " writes on. SIGKILL shows what survives the death of the process, not of the machine. Cost is of"
                        + " another process, after %d s.",
                settings.seed(),
                settings.threads(),
                settings.leads(),
                WriteCost.WARM_UP_SECONDS));
    }
}
