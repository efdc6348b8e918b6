package org.paceline.daemon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.gate.EmbeddedFiles.rows;
import static org.paceline.daemon.gate.EmbeddedFiles.value;
import static org.paceline.daemon.gate.EmbeddedFiles.write;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.OtherProcess;

/** Commands in processes of their own write through the gate of the one that has the database open. */
class JoinedGateTest {
    @TempDir
    Path directory;

    private EmbeddedFiles files;
    private Database database;
    private OtherProcess command;

    @BeforeEach
    void open() throws Exception {
        files = new EmbeddedFiles(directory.resolve("data"));
        database = files.open();
        command = OtherProcess.start(Command.class, files.path().toString());
        command.awaitLine("joined");
    }

    @AfterEach
    void theLogAloneMakesTheSameTables() throws Exception {
        command.close();
        assertThat(database.verify(Verification.Part.TABLES).whole()).isTrue();
        Map<String, List<String>> all = rows(database);
        database.close();
        Files.delete(files.database());
        try (Database again = files.open()) {
            assertThat(rows(again)).isEqualTo(all);
        }
    }

    @Test
    void shouldWriteTheSameRowsWhenAProcessDoesNotGoOn() throws Exception {
        write(database, "INSERT INTO node VALUES ('a', 0, 0)");
        command.say("hold UPDATE node SET run = run + 1");
        command.awaitLine("holds");
        write(database, "UPDATE node SET run = run + 10");
        assertThat(value(database, "SELECT run FROM node")).isEqualTo("10");
        command.say("go on");
        assertThat(command.awaitLine("wrote")).isEqualTo("wrote 1");
        assertThat(value(database, "SELECT run FROM node")).isEqualTo("11");
    }

    @Test
    void shouldLogWhatAnotherProcessWrites() throws Exception {
        command.say("INSERT INTO callee VALUES (1), (2)");
        assertThat(command.awaitLine("wrote")).isEqualTo("wrote 2");
        assertThat(files.records(directory.resolve("snapshot")))
                .containsExactly(List.of("callee[1]=[1]", "callee[2]=[2]"));
        write(database, "DELETE FROM callee WHERE e164 = 1");
        command.say("INSERT INTO callee VALUES (2)");
        assertThat(command.awaitLine("failed")).contains("Unique index or primary key violation");
        command.say("INSERT INTO callee VALUES (3)");
        command.awaitLine("wrote");
        assertThat(value(database, "SELECT MIN(e164) || ' ' || COUNT(*) FROM callee"))
                .isEqualTo("2 2");
    }

    @Test
    void shouldGoOnWhenAProcessDiesInTheMiddleOfItsTransaction() throws Exception {
        command.say("hold INSERT INTO callee VALUES (1)");
        command.awaitLine("holds");
        command.kill();
        write(database, "INSERT INTO callee VALUES (1), (2)");
        assertThat(value(database, "SELECT COUNT(*) FROM callee")).isEqualTo("2");
    }

    @Test
    void shouldTakeTheTurnFromAProcessThatDoesNotGoOn() throws Exception {
        write(database, "INSERT INTO node VALUES ('a', 0, 0)");
        command.say("hold INSERT INTO callee VALUES (1)");
        command.awaitLine("holds");
        write(database, "INSERT INTO callee VALUES (2)");
        assertThat(value(database, "SELECT MAX(e164) FROM callee")).isEqualTo("2");
        command.say("go on");
        assertThat(command.awaitLine("wrote"))
                .as("its transaction was given up, and made again")
                .isEqualTo("wrote 1");
        assertThat(value(database, "SELECT COUNT(*) FROM callee")).isEqualTo("2");
        write(database, "INSERT INTO callee VALUES (3)");
    }

    /** Writes what it is told, in a transaction each; what begins with {@code hold} ends only when told so. */
    static final class Command {
        private Command() {}

        public static void main(String[] arguments) throws Exception {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (Database database = Database.openOrJoin(DatabaseSettings.embedded(Path.of(arguments[0])))) {
                System.out.println("joined");
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    String told = line;
                    boolean[] held = {false};
                    try {
                        int rows = database.<Integer, RuntimeException>write(handle -> run(handle, told, held, input));
                        System.out.println("wrote " + rows);
                    } catch (RuntimeException e) {
                        System.out.println("failed "
                                + String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse(""));
                    }
                }
            }
        }

        private static int run(Handle handle, String told, boolean[] held, BufferedReader input) {
            if (!told.startsWith("hold ")) {
                return handle.execute(told);
            }
            int rows = handle.execute(told.substring("hold ".length()));
            if (!held[0]) {
                held[0] = true;
                System.out.println("holds");
                try {
                    input.readLine();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return rows;
        }
    }
}
