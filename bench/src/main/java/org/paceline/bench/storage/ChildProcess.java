package org.paceline.bench.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.BenchException;

/**
 * A {@link StorageChild} in a JVM of its own, on the class path of this one. It ends when this process ends, too.
 *
 * <p>Thread: one at a time; what the child tells is read by a thread of its own, {@code bench-child}.
 */
final class ChildProcess implements AutoCloseable {
    private static final long END_SECONDS = 60;

    private final Process process;
    private final long startedNanos;
    private final Path errors;
    private final CompletableFuture<Start> opened = new CompletableFuture<>();
    private final CompletableFuture<Leads.Judgement> judged = new CompletableFuture<>();
    private final CompletableFuture<Void> writes = new CompletableFuture<>();
    private volatile Written written = new Written(0, 0, 0, 0);
    private volatile @Nullable String failure;

    /**
     * What it took until the database was open and each lead was changed, JVM included.
     *
     * @param cpuNanos of all threads
     */
    record Start(long nanos, long cpuNanos) {}

    /**
     * What a child has written.
     *
     * @param cpuNanos of the whole process
     * @param nanos when that was, monotonic
     */
    record Written(long commits, long attempts, long cpuNanos, long nanos) {}

    private ChildProcess(Process process, long startedNanos, Path errors) {
        this.process = process;
        this.startedNanos = startedNanos;
        this.errors = errors;
    }

    /**
     * Starts a child.
     *
     * @param folder of the database
     * @param errors the file that gets what the child logs
     * @param number of the child, another one for each of a database
     */
    static ChildProcess start(Path folder, Path errors, long number, StorageSettings settings, StorageChild.Work work)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("-Dlogback.") || argument.startsWith("-Dpaceline.")) {
                command.add(argument);
            }
        }
        command.add(StorageChild.class.getName());
        command.addAll(StorageChild.arguments(folder, number, settings, work));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().put("CLASSPATH", classPath());
        long now = System.nanoTime();
        ChildProcess child = new ChildProcess(builder.start(), now, errors);
        Thread.ofPlatform().name("bench-child").daemon().start(child::read);
        return child;
    }

    private static String classPath() {
        String path = System.getProperty("java.class.path");
        return String.join(
                File.pathSeparator,
                List.of(path.split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line.split(" "), line);
            }
        } catch (IOException _) {
            // The process was killed.
        }
        for (CompletableFuture<?> awaited : List.of(opened, judged, writes)) {
            awaited.completeExceptionally(new EOFException(failure()));
        }
    }

    private void take(String[] word, String line) {
        switch (word[0]) {
            case "opened" -> opened.complete(new Start(System.nanoTime() - startedNanos, number(word, 1)));
            case "judged" ->
                judged.complete(new Leads.Judgement(
                        Integer.parseInt(word[1]), Integer.parseInt(word[2]), Long.parseLong(word[3])));
            case "wrote" -> {
                written = new Written(number(word, 1), number(word, 2), number(word, 3), number(word, 4));
                if (written.commits > 0) {
                    writes.complete(null);
                }
            }
            case "failed" -> failure = line.substring(word[0].length()).strip();
            default -> {} // what a library printed
        }
    }

    private static long number(String[] word, int at) {
        return Long.parseLong(word[at]);
    }

    /**
     * Waits until the database is open and each lead was changed.
     *
     * @return null when it is not open yet after that time
     * @throws BenchException when the process has ended
     */
    @Nullable
    Start awaitOpened(Duration time) throws BenchException, InterruptedException {
        return await(opened, time);
    }

    /** Waits for what the child found, as {@link #awaitOpened}. */
    Leads.@Nullable Judgement awaitJudged(Duration time) throws BenchException, InterruptedException {
        return await(judged, time);
    }

    /** Waits for a first commit; returns whether there was one. */
    boolean awaitFirstCommit(Duration time) throws BenchException, InterruptedException {
        await(writes, time);
        return writes.isDone();
    }

    private <T> @Nullable T await(CompletableFuture<T> awaited, Duration time)
            throws BenchException, InterruptedException {
        try {
            return awaited.get(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return null;
        } catch (ExecutionException e) {
            throw new BenchException(failure(), e);
        }
    }

    /** Returns what the child last told. */
    Written written() {
        return written;
    }

    /** Whether the child has ended. */
    boolean isOver() {
        return !process.isAlive();
    }

    /** Why the child ended, where it was not killed. */
    String failure() {
        String told = failure;
        return told == null ? "the process ended; see " + errors : told;
    }

    /** Kills with SIGKILL, and waits for the end. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Lets the child end its transactions and close the database. */
    void end() throws IOException, BenchException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new BenchException("the database was not closed within " + END_SECONDS + " s; see " + errors);
        }
        if (process.exitValue() != 0) {
            throw new BenchException("the process ended with " + process.exitValue() + "; see " + errors);
        }
    }

    /** Kills a child that still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
