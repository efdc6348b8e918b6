package org.paceline.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.NOON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.dialer.event.Effect;
import org.paceline.rules.OptOut;

class LoggedStoreTest {
    @TempDir
    private Path folder;

    private Path file;
    private DoNotCallLog log;
    private boolean databaseAnswers = true;
    private LoggedStore store;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("node.donotcall");
        log = new DoNotCallLog(file, Durability.PROCESS);
        store = new LoggedStore(
                _ -> {
                    if (!databaseAnswers) {
                        throw new SQLException("connection refused", "08001");
                    }
                },
                log);
    }

    @AfterEach
    void close() throws Exception {
        log.close();
    }

    @Test
    void shouldLogEntriesOnceHoweverOftenTheDatabaseIsTried() throws Exception {
        List<Effect.Entry> batch = List.of(optOut(13055550100L), optOut(13055550101L));
        databaseAnswers = false;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> store.write(batch)).isInstanceOf(SQLException.class);
        }
        assertThat(Files.readAllLines(file)).as("before the database has them").hasSize(2);
        databaseAnswers = true;
        store.write(batch);
        assertThat(Files.readAllLines(file)).hasSize(2);

        store.write(batch);
        assertThat(Files.readAllLines(file))
                .as("another batch that says the same")
                .hasSize(4);
    }

    private static Effect.Entry optOut(long e164) {
        return new Effect.OptedOut(e164, new OptOut("agent:ann", null, Long.MAX_VALUE), NOON);
    }
}
