package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.daemon.database.DatabaseException.Reason;

class DatabaseTest {
    private static final int ROWS = 30_000;

    @TempDir
    Path directory;

    private DatabaseSettings settings() {
        return DatabaseSettings.embedded(directory.resolve("data").resolve("paceline"));
    }

    private Path file() {
        return directory.resolve("data").resolve("paceline.mv.db");
    }

    /** Linux's /proc has no free space, as a full disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseAFullDiskBeforeItOpensTheFile() throws Exception {
        Files.createDirectories(settings().file().getParent());
        Files.createSymbolicLink(Path.of(settings().file() + ".mv.db"), Path.of("/proc/version"));

        assertThatThrownBy(() -> DatabaseFiles.refuseFullDiskAtStart(settings()))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("the disk of " + settings().place() + " is full: 0 KiB free, needs 1024; make room, or name"
                        + " another place under database.file");
    }

    private static DatabaseException failure(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            throw new AssertionError(database + " opened");
        } catch (DatabaseException e) {
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
            return e;
        }
    }

    private static long count(Database database, String table) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM " + table)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void shouldMakeTheTablesAndOpenAgain() throws Exception {
        Database.open(settings()).close();
        assertThat(file()).exists();
        try (Database database = Database.open(settings())) {
            assertThat(count(database, "lead")).isZero();
            assertThat(database.isShared()).isFalse();
        }
    }

    @Test
    void shouldOpenTheFileAgainWhenItClosedItself() throws Exception {
        try (Database database = Database.open(settings())) {
            assertThat(database.<Integer, Exception>write(handle -> handle.execute("INSERT INTO callee VALUES (1)")))
                    .isEqualTo(1);
            assertThatThrownBy(() -> database.jdbi().useHandle(handle -> {
                        handle.execute("SHUTDOWN IMMEDIATELY"); // as H2 does when the disk is full
                        handle.execute("SELECT 1");
                    }))
                    .isInstanceOf(JdbiException.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> database.<Integer, Exception>write(
                            handle -> handle.execute("INSERT INTO callee VALUES (2) ON CONFLICT DO NOTHING")));
            assertThat(count(database, "callee")).isEqualTo(2);
            database.probe();
        }
    }

    @Test
    void shouldRecordWhileOthersHoldEveryConnection() throws Exception {
        DatabaseSettings usual = settings();
        DatabaseSettings few = new DatabaseSettings(usual.url(), "sa", "", 4, Durability.PROCESS);
        try (Database database = Database.open(few);
                Database own = database.ofItsOwn("own", 2);
                Handle first = database.jdbi().open();
                Handle second = database.jdbi().open();
                Handle third = database.jdbi().open();
                Handle fourth = database.jdbi().open()) {
            assertThat(List.of(first, second, third, fourth)).allMatch(handle -> handle.getConnection() != null);
            assertThat(own.<Integer, Exception>write(handle -> handle.execute("INSERT INTO callee VALUES (1)")))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldNotTellBoundValuesWhenAStatementFails() throws Exception {
        try (Database database = Database.open(settings())) {
            assertThatThrownBy(() -> database.jdbi()
                            .useHandle(handle -> handle.createUpdate("UPDATE lead SET nothing = 1 WHERE e164 = :e164")
                                    .bind("e164", 13_055_550_123L)
                                    .execute()))
                    .isInstanceOf(JdbiException.class)
                    .message()
                    .contains("nothing")
                    .doesNotContain("13055550123");
        }
    }

    @Test
    void shouldWaitForTheDiskWhereThePowerMayFail() throws Exception {
        DatabaseSettings usual = settings();
        try (Database database = Database.open(new DatabaseSettings(usual.url(), "sa", "", 4, Durability.POWER))) {
            assertThat(database.<Integer, Exception>write(handle -> handle.execute("INSERT INTO callee VALUES (1)")))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldSayThatTheFileIsNoDatabase() throws Exception {
        Files.createDirectories(file().getParent());
        byte[] noise = new byte[20_000];
        new Random(7).nextBytes(noise);
        Files.write(file(), noise);
        DatabaseException e = failure(settings());
        assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(e).hasMessageContaining(file().toString()).hasMessageContaining("backup");
        assertThat(Files.readAllBytes(file())).as("the file is left as it was").isEqualTo(noise);
    }

    @Test
    void shouldSayThatTheFileIsCorruptWhenNothingIsLeftToMakeItAgain() throws Exception {
        fill();
        forget();
        damageAllButTheHeaders();
        DatabaseException e = failure(settings());
        assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(e).hasMessageContaining(file().toString()).hasMessageContaining("put back a backup");
    }

    @Test
    void shouldMakeACorruptFileAgainFromTheLog() throws Exception {
        fill();
        byte[] damaged = damageAllButTheHeaders();
        try (Database database = Database.open(settings())) {
            assertThat(count(database, "callee")).isEqualTo(ROWS);
        }
        assertThat(Files.readAllBytes(setAside()))
                .as("the damaged file is kept")
                .isEqualTo(damaged);
    }

    private void fill() throws Exception {
        try (Database database = Database.open(settings())) {
            database.<Integer, Exception>write(handle ->
                    handle.execute("INSERT INTO callee SELECT x FROM generate_series(1, " + ROWS + ") AS t(x)"));
        }
    }

    private byte[] damageAllButTheHeaders() throws Exception {
        byte[] whole = Files.readAllBytes(file());
        byte[] noise = new byte[whole.length];
        new Random(7).nextBytes(noise);
        System.arraycopy(whole, 0, noise, 0, 8_192);
        Files.write(file(), noise, StandardOpenOption.TRUNCATE_EXISTING);
        return noise;
    }

    /** Takes the log and the copies away. */
    private void forget() throws Exception {
        Path folder = directory.resolve("data").resolve("paceline.redo");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private Path setAside() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            return files.filter(file -> file.toString().contains("set-aside"))
                    .reduce((_, _) -> {
                        throw new AssertionError("set aside twice");
                    })
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4_000, 4_096, 5_000, 8_192, 12_288, 100_000})
    void shouldSayThatNoiseOrTextIsNoDatabase(int bytes) throws Exception {
        Files.createDirectories(file().getParent());
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        Files.write(file(), noise);
        assertThat(failure(settings()).reason()).as("noise").isEqualTo(Reason.CORRUPT);
        String text = "phone,name\n".repeat(bytes / 11 + 1).substring(0, bytes);
        Files.writeString(file(), text);
        assertThat(failure(settings()).reason()).as("text").isEqualTo(Reason.CORRUPT);
        assertThat(Files.readString(file())).as("the file is left as it was").isEqualTo(text);
        assertThat(file().resolveSibling("paceline.trace.db")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 30, 50, 90, 97})
    void shouldSayThatAFileWhoseEndIsMissingIsCorruptWhenNothingIsLeftToMakeItAgain(int percent) throws Exception {
        fill();
        forget();
        cutTo(percent);
        DatabaseException e = failure(settings());
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.CORRUPT);
        assertThat(e).hasMessageContaining("put back a backup").hasMessageContaining("database.file");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 30, 50, 90, 97})
    void shouldMakeAFileWhoseEndIsMissingAgainFromTheLog(int percent) throws Exception {
        fill();
        cutTo(percent);
        try (Database database = Database.open(settings())) {
            assertThat(count(database, "callee")).isEqualTo(ROWS);
        }
        assertThat(setAside()).exists();
    }

    private void cutTo(int percent) throws Exception {
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length * percent / 100));
    }

    @Test
    void shouldSayWhyTheDirectoryCannotBeMade() throws Exception {
        Files.writeString(directory.resolve("data"), "a file in the way");
        assertThat(failure(settings()))
                .hasMessage("directory " + directory.resolve("data")
                        + " of the database cannot be made: a file of that name is in the way;"
                        + " mend that, or name another place under database.file");
    }

    @Test
    void shouldSayThatThePasswordIsWrong() throws Exception {
        Database.open(settings()).close();
        DatabaseException e = failure(new DatabaseSettings(settings().url(), "sa", "secret", 4, Durability.PROCESS));
        assertThat(e.reason()).isEqualTo(Reason.WRONG_PASSWORD);
        assertThat(e).hasMessageContaining("user sa").hasMessageNotContaining("secret");
    }

    @Test
    void shouldSayThatTheServerCannotBeReached() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DatabaseException e = failure(new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + port + "/paceline", "paceline", "secret", 4, Durability.PROCESS));
        assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(e).hasMessageContaining("127.0.0.1:" + port).hasMessageNotContaining("secret");
    }

    @Test
    void shouldRefuseTablesOfANewerRelease() throws Exception {
        try (Database database = Database.open(settings())) {
            database.jdbi()
                    .useHandle(
                            handle -> handle.execute(
                                    "INSERT INTO \"flyway_schema_history\""
                                            + " (\"installed_rank\", \"version\", \"description\", \"type\", \"script\", \"installed_by\","
                                            + " \"execution_time\", \"success\") VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'sa', 1, TRUE)"));
        }
        DatabaseException e = failure(settings());
        assertThat(e.reason()).isEqualTo(Reason.NEWER_SCHEMA);
        assertThat(e).hasMessageContaining("version 99");
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() {
        assertThatThrownBy(() -> new DatabaseSettings("jdbc:mysql:x", "", "", 8, Durability.PROCESS))
                .hasMessageContaining("must start with jdbc:h2:");
        assertThatThrownBy(() -> new DatabaseSettings("jdbc:h2:x;WRITE_DELAY=500", "", "", 8, Durability.PROCESS))
                .hasMessageContaining("without options");
        assertThat(new DatabaseSettings("jdbc:postgresql://h/x?password=secret", "u", "secret", 8, Durability.POWER))
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void shouldJoinTheProcessThatHasTheFileOpen() throws Exception {
        try (OtherProcess owner = OtherProcess.start(
                Owner.class, directory.resolve("data").resolve("paceline").toString())) {
            owner.awaitLine("open");
            DatabaseException e = failure(settings());
            assertThat(e.reason()).isEqualTo(Reason.IN_USE);
            assertThat(e).hasMessageContaining("pid " + owner.pid());

            try (Database joined = Database.openOrJoin(settings())) {
                assertThat(count(joined, "lead")).isZero();
                joined.write(handle -> handle.execute("INSERT INTO callee VALUES (5)"));
            }
            assertThat(Files.getPosixFilePermissions(directory.resolve("data").resolve("paceline.door")))
                    .hasSize(2);

            // Killed, it leaves its door behind: the file is free, and the door shut.
            owner.kill();
            try (Database database = Database.openOrJoin(settings())) {
                assertThat(count(database, "callee")).isEqualTo(1);
            }
            assertThat(directory.resolve("data").resolve("paceline.door")).doesNotExist();
        }
    }

    /** Another process that has a database open until it is killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            try (Database database = Database.open(DatabaseSettings.embedded(Path.of(arguments[0])))) {
                System.out.println("open");
                System.out.flush();
                int end = System.in.read();
                System.out.println(database + " closed " + end);
            }
        }
    }
}
