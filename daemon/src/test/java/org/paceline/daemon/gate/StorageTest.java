package org.paceline.daemon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.gate.EmbeddedFiles.rows;
import static org.paceline.daemon.gate.EmbeddedFiles.value;
import static org.paceline.daemon.gate.EmbeddedFiles.write;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.h2.mvstore.tx.TransactionStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.database.DatabaseException.Reason;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.RowChange;
import org.paceline.daemon.redo.RowCodec;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;

/** Whatever became of the files: the database opens with all that was committed, or one line says what is wrong. */
class StorageTest {
    @TempDir
    Path directory;

    private EmbeddedFiles files;

    @BeforeEach
    void here() {
        files = new EmbeddedFiles(directory.resolve("data"));
    }

    /** Fills a fresh database, copies it twice in between, closes it, and returns what it had. */
    private Map<String, List<String>> filled() throws Exception {
        try (Database database = files.open()) {
            write(database, "INSERT INTO callee SELECT x FROM generate_series(1, 3000) AS t(x)");
            write(database, "INSERT INTO node VALUES ('a', 1, 5)");
            database.copy();
            write(database, "DELETE FROM callee WHERE e164 <= 1000", "UPDATE node SET run = 2");
            database.copy();
            write(database, "INSERT INTO callee VALUES (1), (2)", "UPDATE node SET lease_until = 6");
            write(database, "INSERT INTO node VALUES ('b', 3, 7)");
            return rows(database);
        }
    }

    private void requireOpensWith(Map<String, List<String>> expected) throws Exception {
        try (Database database = files.open()) {
            assertThat(rows(database)).isEqualTo(expected);
            assertThat(database.verify(Verification.Part.TABLES).whole()).isTrue();
            write(database, "INSERT INTO callee VALUES (99999)");
        }
        try (Database database = files.open()) {
            assertThat(value(database, "SELECT COUNT(*) FROM callee WHERE e164 = 99999"))
                    .isEqualTo("1");
        }
    }

    private DatabaseException failure() {
        try (Database database = files.open()) {
            throw new AssertionError(database + " opened");
        } catch (DatabaseException e) {
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
            return e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void damage(Path file, long at, int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(at).nextBytes(noise);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(noise);
        }
    }

    @Test
    void shouldMakeTheFileAgainFromACopyAndTheRecordsWhenItIsGone() throws Exception {
        Map<String, List<String>> all = filled();
        Files.delete(files.database());
        requireOpensWith(all);
    }

    @Test
    void shouldCatchUpWhenAnOlderFileIsPutBack() throws Exception {
        try (Database database = files.open()) {
            write(database, "INSERT INTO callee VALUES (1), (2)", "INSERT INTO node VALUES ('a', 1, 5)");
        }
        byte[] older = Files.readAllBytes(files.database());
        Map<String, List<String>> all;
        try (Database database = files.open()) {
            write(database, "DELETE FROM callee WHERE e164 = 1", "UPDATE node SET run = 2");
            write(database, "INSERT INTO callee VALUES (3)");
            all = rows(database);
        }
        Files.write(files.database(), older);
        requireOpensWith(all);
        assertThat(files.setAside()).isEmpty();
    }

    @Test
    @Timeout(60)
    void shouldEndACommitThatAKillCutOffInTheFile() throws Exception {
        try (Database database = files.open()) {
            write(database, "INSERT INTO callee VALUES (1), (2)", "INSERT INTO node VALUES ('a', 1, 5)");
        }
        byte[] older = Files.readAllBytes(files.database());
        Map<String, List<String>> all;
        try (Database database = files.open()) {
            write(database, "DELETE FROM callee WHERE e164 = 1", "UPDATE node SET run = 2");
            all = rows(database);
        }
        Files.write(files.database(), older);
        leaveCommitting("DELETE FROM \"callee\" WHERE \"e164\" = 1");

        requireOpensWith(all);
        assertThat(files.setAside()).isEmpty();
    }

    /** Leaves the file as H2 writes it while the transaction of a statement commits, when the process dies then. */
    private void leaveCommitting(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + files.path() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                Statement statement = connection.createStatement()) {
            Storage.release(connection);
            connection.setAutoCommit(false);
            statement.execute(sql);
            TransactionStore store =
                    Gate.local(connection).getDatabase().getStore().getTransactionStore();
            Method mark = TransactionStore.class.getDeclaredMethod("markUndoLogAsCommitted", int.class, long.class);
            mark.setAccessible(true);
            mark.invoke(store, store.getOpenTransactions().getFirst().getId(), 1L);
            Gate.local(connection).getDatabase().getStore().getMvStore().commit();
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    @Test
    void shouldMakeTheFileAgainWhenItEndsBeforeTheLogBegins() throws Exception {
        try (Database database = files.open()) {
            write(database, "INSERT INTO callee VALUES (1), (2)");
        }
        byte[] older = Files.readAllBytes(files.database());
        Map<String, List<String>> all;
        try (Database database = files.open()) {
            for (int i = 10; i < 15; i++) {
                write(database, "INSERT INTO callee VALUES (" + i + ")");
                database.copy();
            }
            all = rows(database);
        }
        assertThat(files.copies()).as("older ones went").hasSize(2);
        Files.write(files.database(), older);
        requireOpensWith(all);
        assertThat(files.setAside()).hasSize(1);
    }

    @Test
    void shouldRefuseTheFileOfAnotherDatabase() throws Exception {
        Map<String, List<String>> all = filled();
        Path own = Files.move(files.database(), directory.resolve("own"));
        EmbeddedFiles other = new EmbeddedFiles(directory.resolve("other"));
        other.open().close();
        Files.copy(other.database(), files.database());

        assertThat(failure())
                .hasMessageStartingWith("database file " + files.database()
                        + ": it is another database than that of the redo log in " + files.redo() + "; put back ");
        Files.move(own, files.database(), StandardCopyOption.REPLACE_EXISTING);
        requireOpensWith(all);
    }

    @Test
    void shouldRefuseTheLogOfAnotherDatabase() throws Exception {
        Map<String, List<String>> all = filled();
        Path own = Files.move(files.redo(), directory.resolve("own"));
        EmbeddedFiles other = new EmbeddedFiles(directory.resolve("other"));
        other.open().close();
        Files.move(other.redo(), files.redo());

        assertThat(failure()).hasMessageContaining("another database than that of the redo log in " + files.redo());
        Files.move(files.redo(), other.redo());
        Files.move(own, files.redo());
        requireOpensWith(all);
    }

    @Test
    void shouldGoOnWithWhatTheFileHasWhenItsLogWasTakenAway() throws Exception {
        Map<String, List<String>> all = filled();
        Files.move(files.redo(), directory.resolve("away"));
        requireOpensWith(all);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 1})
    void shouldHaveAllRowsAgainWhereverGarbageStandsInTheFile(double where) throws Exception {
        Map<String, List<String>> all = filled();
        int bytes = 8_192;
        damage(files.database(), (long) (where * (Files.size(files.database()) - bytes)), bytes);
        boolean whole;
        try (Database database = files.open()) {
            whole = isWhole(database);
            if (!whole) {
                database.askRebuild("it failed its check");
            }
        }
        requireOpensWith(all);
        assertThat(files.setAside()).as("whole at once: %s", whole).hasSizeBetween(whole ? 0 : 1, 1);
    }

    /** As the watch of the copies finds it. */
    private static boolean isWhole(Database database) {
        try {
            database.copy();
            return true;
        } catch (DatabaseException | RuntimeException _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 4_096, 4_097, 10_000})
    void shouldHaveAllRowsWhenTheFileLacksItsLastBytes(int bytes) throws Exception {
        Map<String, List<String>> all = filled();
        try (RandomAccessFile file = new RandomAccessFile(files.database().toFile(), "rw")) {
            file.setLength(file.length() - bytes);
        }
        requireOpensWith(all);
    }

    @Test
    void shouldCutWhatStandsBehindTheLastWholeRecord() throws Exception {
        Map<String, List<String>> all = filled();
        Files.write(files.segments().getLast(), new byte[] {1, 2, 3, 4, 5}, StandardOpenOption.APPEND);
        requireOpensWith(all);
    }

    @Test
    void shouldRefuseALogThatIsDamagedBeforeItsEndAndSayWhatToDo() throws Exception {
        filled();
        Path last = files.segments().getLast();
        damage(last, Files.size(last) / 2, 30);
        byte[] damaged = Files.readAllBytes(last);
        DatabaseException e = failure();
        assertThat(e)
                .hasMessageContaining(last.toString())
                .hasMessageContaining("record ")
                .hasMessageContaining("byte ")
                .hasMessageContaining("paceline restore");
        assertThat(last).as("nothing is cut off").hasBinaryContent(damaged);
    }

    @Test
    void shouldDoWithoutARecordThatIsDamagedWhenACopyHasIt() throws Exception {
        Map<String, List<String>> all = filled();
        Path older = files.segments().getFirst();
        assertThat(files.segments()).hasSizeGreaterThan(1);
        damage(older, Files.size(older) - 40, 20);
        try (Database database = files.open()) {
            Verification.Found found = database.verify(Verification.Part.LOG);
            assertThat(found.whole()).isFalse();
            assertThat(found.faults().getFirst()).contains("record ", older.toString(), "paceline restore");
        }
        Files.delete(files.database());
        requireOpensWith(all);
    }

    @Test
    void shouldLeaveNoHalfACopyWhenTheDaemonStopsMeanwhile() throws Exception {
        filled();
        List<Path> before = files.copies();
        try (Database database = files.open()) {
            write(database, "INSERT INTO callee VALUES (71)");
            Copies copies = Objects.requireNonNull(database.copies());
            copies.cancel();
            assertThatThrownBy(copies::refresh).isInstanceOf(IOException.class).hasMessageContaining("stops");
        }
        assertThat(files.copies()).isEqualTo(before);
    }

    @Test
    void shouldTakeTheOlderCopyWhenTheNewestIsDamaged() throws Exception {
        Map<String, List<String>> all = filled();
        assertThat(files.copies()).hasSize(2);
        damage(files.copies().getLast(), 200, 20);
        Files.delete(files.database());
        requireOpensWith(all);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1})
    void shouldSayWhatIsWrongWhenFileAndCopiesAreDamaged(double where) throws Exception {
        filled();
        // without the log's beginning, nothing but a copy can make the database again
        Files.delete(files.segments().getFirst());
        for (Path copy : files.copies()) {
            damage(copy, (long) (where * (Files.size(copy) - 10)), 10);
        }
        Files.write(files.database(), new byte[20_000]);
        DatabaseException e = failure();
        assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(e)
                .hasMessageStartingWith("database file " + files.database() + " cannot be used (")
                .hasMessageContaining(files.copies().getFirst().toString())
                .hasMessageContaining("damaged");
        assertThat(files.database()).as("the file is left as it was").hasBinaryContent(new byte[20_000]);
    }

    @Test
    void shouldSayWhatIsWrongWhenTheFileIsGoneAndNothingCanMakeItAgain() throws Exception {
        filled();
        Files.delete(files.segments().getFirst());
        for (Path copy : files.copies()) {
            Files.delete(copy);
        }
        Files.delete(files.database());
        DatabaseException e = failure();
        assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(e).hasMessageContaining(files.database().toString());
    }

    @Test
    void shouldMakeTheFileAgainWhenThatWasAsked() throws Exception {
        Map<String, List<String>> all = filled();
        try (Database database = files.open()) {
            database.askRebuild("it failed its check: table lead has 3 rows, should have 4");
        }
        requireOpensWith(all);
        assertThat(files.setAside()).as("asked once").hasSize(1);
    }

    @Test
    void shouldBelieveTheLogWhenANewerCopyIsDamaged() throws Exception {
        Map<String, List<String>> all = filled();
        Files.writeString(files.redo().resolve(Copy.name(1_000)), "half a copy");
        requireOpensWith(all);
        assertThat(files.setAside()).isEmpty();
    }

    @Test
    void shouldBeginTheLogAnewWhenItsSumsAreNotThoseOfItsRecords() throws Exception {
        filled();
        try (RedoLog log = RedoLog.open(new FolderDisk(files.redo()), "")) {
            StoreShape shape = Objects.requireNonNull(log.head()).shape();
            int callee = shape.tables().stream().map(TableShape::name).toList().indexOf("callee");
            byte[] row = RowCodec.encode(new Object[] {77_777L});
            // Says that there was such a row, which there was not.
            log.append(List.of(
                    new RowChange(callee, RowCodec.keyOf(row, shape.tables().get(callee)), true, 17, row)));
        }
        try (Database database = files.open()) {
            assertThat(value(database, "SELECT COUNT(*) FROM callee WHERE e164 = 77777"))
                    .isEqualTo("1");
            assertThat(database.verify(Verification.Part.TABLES).faults()).isEmpty();
        }
        assertThat(files.setAside()).hasSize(1);
        files.open().close();
        assertThat(files.setAside()).as("once").hasSize(1);
    }

    @Test
    void shouldMakeTheFileAgainWhenAnUpgradeOfItsTablesWasCutOff() throws Exception {
        Map<String, List<String>> all = filled();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + files.path() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                Statement statement = connection.createStatement()) {
            // The tables are changed already, and Flyway does not know it.
            statement.execute("DELETE FROM \"flyway_schema_history\" WHERE \"installed_rank\" ="
                    + " (SELECT MAX(\"installed_rank\") FROM \"flyway_schema_history\")");
        }
        assertThat(failure()).hasMessageContaining(files.database().toString());
        requireOpensWith(all);
        assertThat(files.setAside()).hasSize(1);
    }

    @Test
    void shouldNotGiveAUsedNumberAgainWhenTheFileWasMadeAgain() throws Exception {
        long lead;
        long run;
        try (Database database = files.open()) {
            database.copy();
            lead = lead(database, 1);
            run = run(database);
            EmbeddedFiles killed = files.snapshot(directory.resolve("killed"));
            Files.delete(killed.database());
            files = killed;
        }
        try (Database database = files.open()) {
            assertThat(lead(database, 2)).isGreaterThan(lead);
            assertThat(run(database)).isGreaterThan(run);
        }
    }

    @Test
    void shouldNotGiveAUsedNumberAgainWhenAnOlderFileIsPutBack() throws Exception {
        files.open().close();
        byte[] older = Files.readAllBytes(files.database());
        long lead;
        long run;
        try (Database database = files.open()) {
            lead = lead(database, 1);
            run = run(database);
            write(
                    database,
                    "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk, caller_id, planned_at)"
                            + " VALUES (" + ((run + 7) << 32) + ", 1, 'spring', 1, 'a', 1, 't', 1, 1)");
        }
        Files.write(files.database(), older);
        try (Database database = files.open()) {
            assertThat(lead(database, 2)).isGreaterThan(lead);
            assertThat(run(database)).as("also behind the runs in call ids").isGreaterThan(run);
        }
    }

    private static long lead(Database database, long e164) {
        return database.<Long, RuntimeException>write(
                handle -> handle.createUpdate("INSERT INTO lead (campaign, e164, region, status, imported_at)"
                                + " VALUES ('spring', " + e164 + ", 'US', 'NEW', 0)")
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
    }

    private static long run(Database database) {
        return database.<Long, RuntimeException>write(handle -> {
            long run = handle.createQuery("SELECT nextval('run_number')")
                    .mapTo(Long.class)
                    .one();
            handle.execute("MERGE INTO node (name, run, lease_until) KEY (name) VALUES ('a', ?, 0)", run);
            return run;
        });
    }

    @Test
    void shouldRefuseAnotherProcessesFolder() throws Exception {
        filled();
        try (var held = Storage.lock(files.redo())) {
            assertThat(held).isNotNull();
            assertThat(failure().reason()).isEqualTo(Reason.IN_USE);
        }
    }
}
