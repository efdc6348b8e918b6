package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import picocli.CommandLine;

/** {@code backup}, {@code restore} and {@code storage verify} as they are typed. */
class StorageCommandsTest {
    private static final int NUMBERS = 20;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeNode() throws IOException {
        configure("database: {file: data/db, user: sa}");
    }

    private void configure(String database) throws IOException {
        Files.writeString(folder.resolve("paceline.yaml"), """
                node: {name: n1, zone: UTC}
                %s
                sip: {host: 127.0.0.1}
                trunks:
                  - {name: main, host: 127.0.0.1, channels: 30}
                """.formatted(database));
        Files.createDirectories(folder.resolve("campaigns"));
    }

    private Database open() throws Exception {
        return Database.open(DatabaseSettings.embedded(folder.resolve("data/db")));
    }

    private void makeDatabase() throws Exception {
        try (Database database = open()) {
            addNumbers(database, 0);
        }
    }

    private static void addNumbers(Database database, int from) {
        for (int i = from; i < from + NUMBERS; i++) {
            long number = 13_055_550_000L + i;
            database.write(handle -> handle.execute("INSERT INTO callee (e164) VALUES (?)", number));
        }
    }

    private int numbers() throws Exception {
        try (Database database = open()) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM callee")
                            .mapTo(Integer.class)
                            .one());
        }
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Paceline.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = Stream.concat(
                        Arrays.stream(words),
                        Stream.of("--config", folder.resolve("paceline.yaml").toString()))
                .toList();
        return line.execute(all.toArray(String[]::new));
    }

    private Path backup() {
        assertThat(run("backup", "--to", folder.resolve("safe").toString()))
                .as(err.toString())
                .isZero();
        return Path.of(out.toString().lines().toList().getLast());
    }

    private static void flip(Path file, long place) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) place] ^= 1;
        Files.write(file, bytes);
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    @Test
    void shouldPutAWholeCopyIntoAFolderAndRestoreIt() throws Exception {
        makeDatabase();
        Path copy = backup();
        assertThat(out.toString()).contains("copied ", " rows, up to record 20, ", "; read back: whole");
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(files(".part")).isEmpty();
        try (Database database = open()) {
            addNumbers(database, 100);
        }

        assertThat(run("restore", copy.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("copy     " + copy + ", up to record 20")
                .contains("records  none after the copy, as a file was named")
                .containsPattern("aside +\\S+/db\\.redo\\.set-aside-")
                .contains("restored " + folder.resolve("data/db.mv.db") + ": all ");
        assertThat(numbers()).isEqualTo(NUMBERS);
        assertThat(folder.resolve("data").toFile().list())
                .as("the old database and log are kept")
                .anyMatch(name -> name.startsWith("db.mv.db.set-aside-"))
                .anyMatch(name -> name.startsWith("db.redo.set-aside-"));
        assertThat(run("storage", "verify")).as(out.toString()).isZero();
    }

    @Test
    void shouldRestoreTheRecordsAfterTheNewestCopyWhenNoFileIsNamed() throws Exception {
        makeDatabase();
        backup();
        try (Database database = open()) {
            addNumbers(database, 100);
        }
        Files.write(folder.resolve("data/db.mv.db"), new byte[100]);

        assertThat(run("restore")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("records  21 to 40, all that there are");
        assertThat(numbers()).isEqualTo(2 * NUMBERS);
    }

    @Test
    void shouldRestoreOnAnotherMachineWhereNothingIsYet() throws Exception {
        makeDatabase();
        Path copy = backup();
        configure("database: {file: elsewhere/db, user: sa}");

        assertThat(run("restore", copy.toString())).as(err.toString()).isZero();
        assertThat(folder.resolve("elsewhere").toFile().list()).containsExactlyInAnyOrder("db.mv.db", "db.redo");
        assertThat(run("storage", "verify")).as(out.toString()).isZero();
        assertThat(out.toString()).contains("ok     table callee: " + NUMBERS + " rows, as the log says");
    }

    @Test
    void shouldChangeNothingWhenWhatIsNamedIsNoWholeCopy() throws Exception {
        makeDatabase();
        Path copy = backup();
        byte[] whole = Files.readAllBytes(copy);
        List<Path> before = files("");

        Files.write(copy, Arrays.copyOf(whole, whole.length - 1));
        refuseRestore(copy, copy + ", byte ", "is damaged or cut: use an older copy");
        Files.write(copy, "hello".getBytes(StandardCharsets.UTF_8));
        refuseRestore(copy, copy + " is no copy of a database: name a file that 'paceline backup' made");
        Files.write(copy, new byte[0]);
        refuseRestore(copy, copy + " is no copy of a database");
        refuseRestore(folder.resolve("no.copy"), "no.copy does not exist");
        refuseRestore(folder, folder + " is a folder: name a copy in it");

        assertThat(files("")).isEqualTo(before);
        assertThat(numbers()).isEqualTo(NUMBERS);
    }

    private void refuseRestore(Path from, String... words) {
        assertThat(run("restore", from.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("paceline restore: nothing is changed: ")
                .contains(words)
                .hasLineCount(1);
    }

    @Test
    void shouldChangeNothingWhenAProcessHasTheDatabase() throws Exception {
        makeDatabase();
        Path copy = backup();
        try (Database open = open()) {
            refuseRestore(copy, "db.mv.db is in use by another process (pid ", "stop that one");
            open.ask();
        }
    }

    @Test
    void shouldBackUpAndVerifyBesideAProcessThatHasTheDatabase() throws Exception {
        makeDatabase();
        try (Database open = open()) {
            addNumbers(open, 100);
            backup();
            assertThat(out.toString()).contains("up to record 40,");
            assertThat(run("storage", "verify")).as(out.toString()).isZero();
            assertThat(out.toString())
                    .contains("ok     redo log: records 1 to 40 whole, 40 changes of rows")
                    .contains("0000000000000000040.copy: whole, ")
                    .contains("ok     table callee: 40 rows, as the log says")
                    .contains("ok     attempts and leads agree");
        }
    }

    @Test
    void shouldNameTwoCopiesOfOneSecondDifferently() throws Exception {
        makeDatabase();
        assertThat(List.of(backup(), backup(), backup())).doesNotHaveDuplicates();
        assertThat(files(".copy")).hasSize(4);
    }

    @Test
    void shouldTellWhichCopyIsDamagedAndFail() throws Exception {
        makeDatabase();
        backup();
        Path copy = folder.resolve("data/db.redo/0000000000000000020.copy");
        flip(copy, Files.size(copy) / 2);
        Path whole = Files.copy(
                folder.resolve("safe").toFile().listFiles()[0].toPath(),
                folder.resolve("data/db.redo/0000000000000000019.copy"));

        assertThat(run("storage", "verify")).isEqualTo(1);
        assertThat(out.toString())
                .contains("ok     copy " + whole + ": whole, ")
                .contains("FAULT  copy " + copy + ", byte ")
                .contains("ok     redo log: ")
                .contains("ok     attempts and leads agree");
    }

    @Test
    void shouldTellTheDamagedRecordAndTheCopiesThatAreWhole() throws Exception {
        makeDatabase();
        backup();
        try (Database database = open()) {
            addNumbers(database, 100);
        }
        Path log = folder.resolve("data/db.redo/0000000000000000021.redo");
        flip(log, Files.size(log) - 400);

        assertThat(run("storage", "verify")).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("FAULT  .*record \\d+ in " + log + ", byte \\d+, is damaged: .*paceline restore\n")
                .contains("ok     copy " + folder.resolve("data/db.redo/0000000000000000020.copy") + ": whole, ");

        assertThat(run("restore")).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("records  21 to \\d+; the rest of " + log + ", from byte \\d+, is damaged");
        assertThat(numbers()).isBetween(NUMBERS + 1, 2 * NUMBERS - 1);
    }

    @Test
    void shouldFailWhenTheDatabaseHadToBeMadeAgain() throws Exception {
        makeDatabase();
        Files.delete(folder.resolve("data/db.mv.db"));

        assertThat(run("storage", "verify")).isEqualTo(1);
        assertThat(out.toString())
                .contains("MENDED the database was made again from a copy and the redo log: its file is gone")
                .contains("ok     table callee: " + NUMBERS + " rows, as the log says");
        assertThat(run("storage", "verify"))
                .as("the second time nothing is to be mended")
                .isZero();
    }

    @Test
    void shouldFailWhenRowsDoNotFitEachOther() throws Exception {
        makeDatabase();
        try (Database database = open()) {
            database.write(handle -> handle.execute("INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run,"
                    + " trunk, caller_id, planned_at) VALUES (1, 0, 'spring', 19995550123, 'n1', 1, 'main', 0, 0)"));
        }

        assertThat(run("storage", "verify")).isEqualTo(1);
        assertThat(out.toString()).contains("FAULT  1 attempts whose number no other table knows");
    }

    @Test
    void shouldFailWhenLeadsCountMoreAttemptsThanWereMade() throws Exception {
        makeDatabase();
        try (Database database = open()) {
            database.write(handle -> handle.execute("INSERT INTO lead (campaign, e164, region, status, imported_at,"
                    + " attempts) VALUES ('spring', 13055550001, 'US', 'NEW', 0, 2)"));
        }

        assertThat(run("storage", "verify")).isEqualTo(1);
        assertThat(out.toString()).contains("FAULT  leads count 2 attempts, and 0 are there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "storage verify"})
    void shouldMakeNoDatabaseWhereNoneIs(String command) {
        assertThat(run(command.split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("paceline " + command + ": there is no database "
                        + folder.resolve("data/db.mv.db")
                        + ": correct database.file, or name the right configuration with --config");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void shouldSendTheUserOfAServerToItsOwnTools() throws Exception {
        configure("database: {url: 'jdbc:postgresql://127.0.0.1:1/paceline', user: sa}");
        assertThat(run("backup")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "paceline backup: database.url is a PostgreSQL server: back it up with its own"
                                + " tools, pg_basebackup or pg_dump");
        assertThat(run("restore")).isEqualTo(1);
        assertThat(err.toString()).contains("pg_restore").hasLineCount(1);
    }

    @Test
    void shouldRefuseAFileInThePlaceOfAFolderBeforeAnythingIsCopied() throws Exception {
        makeDatabase();
        assertThat(run("backup", "--to", folder.resolve("paceline.yaml").toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "paceline backup: --to: " + folder.resolve("paceline.yaml") + " is a file: must be a folder");
        assertThat(files(".copy")).isEmpty();
    }
}
