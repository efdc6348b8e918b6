package org.paceline.bench.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.gate.Copies;

/**
 * The process that is killed. It opens the database, changes each lead, tells what it found, and does its work until its
 * standard input ends. What it tells, a line each on standard output: {@code opened CPU-NANOS}; {@code judged LOST TORN ATTEMPTS}; every
 * tenth of a second {@code wrote COMMITS ATTEMPTS CPU-NANOS NANOS}; {@code failed REASON}.
 *
 * <p>Exit codes: 0 ended, 3 failed.
 */
final class StorageChild {
    private static final int FAILED = 3;
    private static final int STACKS = 3;
    private static final long TELL_MILLIS = 100;

    /** The database, in the child's folder. */
    static final String DATABASE = "db";

    /** The plain file beside it. */
    static final String TOLD = "told";

    private final Path folder;
    private final long child;
    private final StorageSettings settings;
    private final Work work;
    private final Thread main = Thread.currentThread();
    private volatile boolean opened;

    /** What a child does once it has opened the database. */
    enum Work {
        NOTHING,
        WRITE,
        WRITE_AND_COPY
    }

    private StorageChild(Path folder, long child, StorageSettings settings, Work work) {
        this.folder = folder;
        this.child = child;
        this.settings = settings;
        this.work = work;
    }

    /** Returns the arguments of {@link #main}. */
    static List<String> arguments(Path folder, long child, StorageSettings settings, Work work) {
        return List.of(
                folder.toString(),
                Long.toString(child),
                Integer.toString(settings.threads()),
                Integer.toString(settings.leads()),
                settings.durability().name(),
                Long.toString(settings.startLimit().toMillis()),
                Long.toString(settings.seed()),
                work.name());
    }

    public static void main(String[] arguments) {
        StorageSettings settings = new StorageSettings(
                0,
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                0,
                Durability.valueOf(arguments[4]),
                false,
                Duration.ofMillis(Long.parseLong(arguments[5])),
                0,
                Long.parseLong(arguments[6]));
        new StorageChild(Path.of(arguments[0]), Long.parseLong(arguments[1]), settings, Work.valueOf(arguments[7]))
                .run();
    }

    private void run() {
        daemon("start-limit", this::watchStart);
        DatabaseSettings plain = DatabaseSettings.embedded(folder.resolve(DATABASE));
        DatabaseSettings at = new DatabaseSettings(
                plain.url(), plain.user(), plain.password(), plain.connections(), settings.durability());
        try (Database database = Database.open(at);
                ToldLog told = ToldLog.append(folder.resolve(TOLD))) {
            Leads.addWhereMissing(database, settings);
            Leads.touch(database, child);
            opened = true;
            tell("opened " + cpuNanos());
            Leads.Judgement found = Leads.judge(database, settings, folder.resolve(TOLD));
            tell("judged " + found.lost() + " " + found.torn() + " " + found.attempts());
            switch (work) {
                case NOTHING -> awaitEnd();
                case WRITE -> write(database, told);
                case WRITE_AND_COPY -> {
                    Copies copies = requireNonNull(database.copies());
                    daemon("copies", () -> copy(copies));
                    write(database, told);
                }
            }
        } catch (DatabaseException | SQLException | IOException | InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    private void write(Database database, ToldLog told) throws IOException, InterruptedException {
        Workload workload = new Workload(database, told, settings, child, StorageChild::fail);
        workload.start();
        daemon("figures", () -> tellFigures(workload));
        awaitEnd();
        workload.stop();
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // Nobody writes: the input ends when this process is to end, or when the one that started it is gone.
        }
    }

    private static void copy(Copies maker) {
        try {
            while (true) {
                maker.make();
            }
        } catch (SQLException | IOException | RuntimeException e) {
            fail(e);
        }
    }

    private static void tellFigures(Workload workload) {
        while (sleep(TELL_MILLIS)) {
            tell("wrote " + workload.commits() + " " + workload.attempts() + " " + cpuNanos() + " "
                    + System.nanoTime());
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /** Says on standard error where the start stands when it has taken too long. */
    private void watchStart() {
        long up = ManagementFactory.getRuntimeMXBean().getUptime();
        if (!sleep(Math.max(0, settings.startLimit().toMillis() - up))) {
            return;
        }
        for (int i = 0; i < STACKS && !opened; i++) {
            System.err.println(
                    "not open after " + ManagementFactory.getRuntimeMXBean().getUptime() + " ms, at:");
            for (StackTraceElement frame : main.getStackTrace()) {
                System.err.println("\tat " + frame);
            }
            if (!sleep(TimeUnit.SECONDS.toMillis(2))) {
                return;
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon().start(work);
    }

    private static boolean sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void fail(Exception e) {
        e.printStackTrace();
        tell("failed " + firstLine(e.getMessage() == null ? e.toString() : e.getMessage()));
        Runtime.getRuntime().halt(FAILED);
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
