package org.paceline.daemon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.gate.EmbeddedFiles.rows;
import static org.paceline.daemon.gate.EmbeddedFiles.value;
import static org.paceline.daemon.gate.EmbeddedFiles.write;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.Database;

/** Copies: made while others write, found out where the tables are wrong, and restored. */
class BackupsTest {
    @TempDir
    Path directory;

    private EmbeddedFiles files;

    @BeforeEach
    void here() {
        files = new EmbeddedFiles(directory.resolve("data"));
    }

    @Test
    void shouldRestoreTheRowsOfOneMomentFromACopyThatWasMadeUnderLoad() throws Exception {
        Copies.Made made;
        Path kept = directory.resolve("kept.copy");
        try (Database database = files.open()) {
            write(database, "INSERT INTO node VALUES ('a', 0, 0)");
            AtomicBoolean enough = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int i = 1; !enough.get(); i++) {
                    // a number, and as many rows: what is torn shows
                    write(
                            database,
                            "INSERT INTO callee VALUES (" + i + ")",
                            "UPDATE node SET run = run + 1",
                            "UPDATE list_version SET version = version + 1 WHERE list = 'do_not_call'");
                }
            });
            while (Long.parseLong(value(database, "SELECT run FROM node")) < 50) {
                Thread.onSpinWait();
            }
            database.copy();
            made = database.copy();
            enough.set(true);
            writer.join();
            assertThat(database.verify(Verification.Part.COPIES).whole()).isTrue();
        }
        Files.copy(Path.of(made.place()), kept);

        assertThat(Backups.prepare(files.path(), kept)).isNotNull();
        try (Database database = files.open()) {
            long run = Long.parseLong(value(database, "SELECT run FROM node"));
            assertThat(run).as("record of the copy").isEqualTo(made.number() - 1);
            assertThat(value(database, "SELECT COUNT(*) || ' ' || MAX(e164) FROM callee"))
                    .isEqualTo(run + " " + run);
            assertThat(value(database, "SELECT version FROM list_version WHERE list = 'do_not_call'"))
                    .isEqualTo(String.valueOf(run));
            for (Verification.Part part : Verification.Part.values()) {
                assertThat(database.verify(part).whole()).as(part.name()).isTrue();
            }
        }
        assertThat(files.setAside()).as("what there was").hasSize(2);
    }

    @Test
    void shouldRestoreAllWhenNoCopyIsNamed() throws Exception {
        Map<String, List<String>> all = filled();
        assertThat(Backups.prepare(files.path(), null)).isNotNull();
        try (Database database = files.open()) {
            assertThat(rows(database)).isEqualTo(all);
            write(database, "INSERT INTO callee VALUES (77)");
        }
        try (Database database = files.open()) {
            assertThat(value(database, "SELECT COUNT(*) FROM callee WHERE e164 = 77"))
                    .isEqualTo("1");
        }
    }

    @Test
    void shouldRestoreUpToTheDamageWhenTheLogIsDamaged() throws Exception {
        filled();
        Path last = files.segments().getLast();
        damage(last, Files.size(last) - 5);
        Backups.Prepared prepared = Objects.requireNonNull(Backups.prepare(files.path(), null));
        assertThat(String.join("\n", prepared.lines())).contains("is damaged");
        try (Database database = files.open()) {
            assertThat(value(database, "SELECT COUNT(*) FROM callee")).isEqualTo("4");
        }
    }

    private Map<String, List<String>> filled() throws Exception {
        try (Database database = files.open()) {
            write(database, "INSERT INTO callee VALUES (1), (2)");
            database.copy();
            write(database, "INSERT INTO callee VALUES (3)");
            write(database, "INSERT INTO callee VALUES (4)");
            write(database, "INSERT INTO callee VALUES (5)");
            return rows(database);
        }
    }

    private static void damage(Path file, long at) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int is = open.read();
            open.seek(at);
            open.write(is ^ 0x55);
        }
    }

    @Test
    void shouldChangeNothingWhenTheCopyIsDamaged() throws Exception {
        Map<String, List<String>> all = filled();
        Path copy = Files.copy(files.copies().getFirst(), directory.resolve("kept.copy"));
        damage(copy, Files.size(copy) / 2);
        assertThatThrownBy(() -> Backups.prepare(files.path(), copy))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(copy.toString());
        assertThat(files.setAside()).isEmpty();
        try (Database database = files.open()) {
            assertThat(rows(database)).isEqualTo(all);
        }
    }

    @Test
    void shouldForgetWhatACutOffRestoreHadPrepared() throws Exception {
        files.open().close();
        Path prepared = Files.createDirectories(Storage.freshFolderOf(files.redo()));
        Files.writeString(prepared.resolve(Storage.REBUILD), "restored from an old copy");
        files.open().close();
        assertThat(prepared).doesNotExist();
        assertThat(files.setAside()).isEmpty();
    }

    @Test
    void shouldEndARestoreThatWasCutOffAfterTheOldFolderWentAside() throws Exception {
        files.open().close();
        try (Database database = files.open()) {
            database.copy();
        }
        Files.move(files.redo(), Storage.freshFolderOf(files.redo()));
        assertThat(Backups.prepare(files.path(), null)).isNotNull();
        files.open().close();
    }

    @Test
    void shouldRestoreNothingWhileTheDatabaseIsOpen() throws Exception {
        filled();
        try (Database database = files.open()) {
            assertThat(Backups.prepare(files.path(), null)).isNull();
            write(database, "INSERT INTO callee VALUES (6)");
        }
        assertThat(files.setAside()).isEmpty();
    }

    @Test
    void shouldFindARowThatWasChangedBehindTheGate() throws Exception {
        Map<String, List<String>> all = filled();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + files.path() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER \"redo_list_version\"");
            statement.execute("UPDATE list_version SET version = 7 WHERE list = 'do_not_call'");
        }
        try (Database database = files.open()) {
            Verification.Found found = database.verify(Verification.Part.TABLES);
            assertThat(found.whole()).isFalse();
            assertThat(found.faults()).containsExactly("table list_version has 2 rows, as it should, but not the same");
            int copies = files.copies().size();
            assertThatThrownBy(database::copy)
                    .rootCause()
                    .hasMessageContaining("table list_version has 2 rows, as it should, but not the same");
            assertThat(files.copies()).as("no copy of what is wrong").hasSize(copies);
            database.askRebuild("it failed its check");
        }
        try (Database database = files.open()) {
            assertThat(rows(database)).isEqualTo(all);
            assertThat(database.verify(Verification.Part.TABLES).whole()).isTrue();
        }
    }

    @Test
    void shouldFindARecordThatWasChanged() throws Exception {
        filled();
        try (Database database = files.open()) {
            assertThat(database.verify(Verification.Part.LOG).whole()).isTrue();
            Path segment = files.segments().getLast();
            damage(segment, Files.size(segment) - 60);
            Verification.Found found = database.verify(Verification.Part.LOG);
            assertThat(found.whole()).isFalse();
            assertThat(found.faults()).singleElement().asString().contains("record ", segment.toString(), "is damaged");
        }
    }

    @Test
    void shouldFindACopyThatWasChanged() throws Exception {
        filled();
        try (Database database = files.open()) {
            Path copy = files.copies().getLast();
            damage(copy, Files.size(copy) - 20);
            Verification.Found found = database.verify(Verification.Part.COPIES);
            assertThat(found.whole()).isFalse();
            assertThat(String.join("\n", found.faults())).contains(copy.toString());
        }
    }
}
