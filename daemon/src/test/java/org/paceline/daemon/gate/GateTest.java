package org.paceline.daemon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.gate.EmbeddedFiles.rows;
import static org.paceline.daemon.gate.EmbeddedFiles.value;
import static org.paceline.daemon.gate.EmbeddedFiles.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.daemon.database.Database;

/** Several threads write at once; and what was told as done is there, whenever the process is killed. */
class GateTest {
    private static final int THREADS = 4;

    @TempDir
    Path directory;

    @Test
    void shouldLoseNoTransactionWhenSeveralThreadsWriteTheSameRows() throws Exception {
        EmbeddedFiles files = new EmbeddedFiles(directory.resolve("data"));
        int each = 100;
        Map<String, List<String>> all;
        try (Database database = files.open();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            write(database, "INSERT INTO node VALUES ('a', 0, 0), ('b', 1000000, 0)");
            List<Callable<Object>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long first = thread * 1_000L;
                work.add(() -> {
                    for (int i = 0; i < each; i++) {
                        write(
                                database,
                                "UPDATE node SET run = run + 1 WHERE name = 'a'",
                                "UPDATE node SET run = run - 1 WHERE name = 'b'",
                                "INSERT INTO callee VALUES (" + (first + i) + ")");
                    }
                    return "";
                });
            }
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
            assertThat(value(database, "SELECT run FROM node WHERE name = 'a'")).isEqualTo("" + THREADS * each);
            assertThat(value(database, "SELECT SUM(run) FROM node")).isEqualTo("1000000");
            assertThat(database.verify(Verification.Part.TABLES).whole()).isTrue();
            all = rows(database);
        }
        assertThat(files.records(directory.resolve("snapshot"))).hasSize(THREADS * each + 1);
        Files.delete(files.database());
        try (Database database = files.open()) {
            assertThat(rows(database)).isEqualTo(all);
        }
    }

    /**
     * Writes random transactions, and copies the files in between as a kill would leave them. A transaction counts one
     * up, and leaves a row that tells what it did, so that a copy shows how far it got.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldHaveWhatWasToldAndNothingTornWheneverTheProcessIsKilled(long seed) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        EmbeddedFiles files = new EmbeddedFiles(directory.resolve("data"));
        List<EmbeddedFiles> killed = new ArrayList<>();
        List<Long> told = new ArrayList<>();
        AtomicLong newest = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        try (Database database = files.open();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            write(database, "INSERT INTO node VALUES ('count', 0, 0)");
            List<Future<Object>> writers = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                Random own = new Random(random.nextLong());
                writers.add(threads.submit(() -> {
                    while (!enough.get()) {
                        long number = database.<Long, RuntimeException>write(handle -> transaction(handle, own));
                        newest.accumulateAndGet(number, Math::max);
                    }
                    return "";
                }));
            }
            for (int kill = 0; kill < 3; kill++) {
                long at = newest.get() + 1 + random.nextInt(150);
                while (newest.get() < at && writers.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
                if (random.nextInt(3) == 0) {
                    database.copy();
                }
                told.add(newest.get());
                killed.add(files.snapshot(directory.resolve("killed-" + kill)));
            }
            enough.set(true);
            for (Future<Object> writer : writers) {
                writer.get();
            }
        }
        for (int kill = 0; kill < killed.size(); kill++) {
            EmbeddedFiles copy = killed.get(kill);
            if (random.nextInt(4) == 0) {
                Files.delete(copy.database());
            }
            try (Database database = copy.open()) {
                requireWhole(database, told.get(kill));
            }
        }
    }

    /** Returns the transaction's number. What it does is found in the rows that it leaves. */
    private static long transaction(Handle handle, Random random) {
        handle.execute("UPDATE node SET run = run + 1 WHERE name = 'count'");
        long number = handle.createQuery("SELECT run FROM node WHERE name = 'count'")
                .mapTo(Long.class)
                .one();
        handle.execute("INSERT INTO callee VALUES (?)", number);
        int rows = random.nextInt(1, 20);
        for (int i = 0; i < rows; i++) {
            handle.execute(
                    "INSERT INTO recording VALUES (?, ?, ?, 0, ?)", number, "file-" + i, rows, random.nextBoolean());
        }
        if (random.nextInt(3) == 0) {
            long old = random.nextLong(number) + 1;
            handle.execute("DELETE FROM recording WHERE call_id = ?", old);
            handle.execute(
                    "INSERT INTO not_sent VALUES (?, ?, '', 0, '', 0, '', NULL, 0, 0, '') ON CONFLICT DO NOTHING",
                    old,
                    number);
        }
        handle.execute("UPDATE recording SET millis = millis + 1 WHERE call_id = ?", random.nextLong(number) + 1);
        return number;
    }

    private static void requireWhole(Database database, long told) throws Exception {
        long number = Long.parseLong(value(database, "SELECT run FROM node WHERE name = 'count'"));
        assertThat(number).as("transactions that were told").isGreaterThanOrEqualTo(told);
        assertThat(value(database, "SELECT COUNT(*) || ' ' || COALESCE(MAX(e164), 0) FROM callee"))
                .as("one row of each transaction")
                .isEqualTo(number + " " + number);
        assertThat(
                        value(
                                database,
                                "SELECT COUNT(*) FROM callee c WHERE NOT EXISTS (SELECT 1 FROM recording r"
                                        + " WHERE r.call_id = c.e164) AND NOT EXISTS (SELECT 1 FROM not_sent n WHERE n.call_id = c.e164)"))
                .as("transactions whose rows are gone, and nobody removed them")
                .isEqualTo("0");
        assertThat(value(
                        database,
                        "SELECT COUNT(*) FROM (SELECT call_id FROM recording GROUP BY call_id"
                                + " HAVING COUNT(*) <> MAX(bytes))"))
                .as("transactions of which a part is there")
                .isEqualTo("0");
        assertThat(value(
                        database,
                        "SELECT COUNT(*) FROM recording r WHERE EXISTS (SELECT 1 FROM not_sent n"
                                + " WHERE n.call_id = r.call_id AND n.lead_id <> n.call_id)"))
                .as("rows that a later transaction removed")
                .isEqualTo("0");
        assertThat(database.verify(Verification.Part.TABLES).whole()).isTrue();
    }
}
