package org.paceline.daemon.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.cap;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;

class SqlAttemptJournalTest extends AttemptJournalContract {
    private static final long BOB = 13055550123L;

    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }

    @Test
    void shouldCountEachAttemptWhenTheFileHadToBeOpenedAgain() throws Exception {
        SqlAttemptJournal journal = new SqlAttemptJournal(database, "a", 1);
        journal.append(List.of(attempt(1, 11, BOB, NOON)));
        assertThatThrownBy(() -> database.jdbi().useHandle(handle -> {
                    handle.execute(
                            "SHUTDOWN IMMEDIATELY"); // as H2 does when the disk is full, with all that it had not
                    // written
                    handle.execute("SELECT 1");
                }))
                .isInstanceOf(JdbiException.class);

        Attempt again = attempt(2, 11, BOB, NOON + 5, cap("cap.number-day", 0, 1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreException(JournalUnavailableException.class)
                .untilAsserted(() -> assertThat(journal.append(List.of(again)))
                        .as("over its cap")
                        .doesNotContainNull());
        assertThat(value(database, "SELECT COUNT(*) || ' ' || MAX(call_id) FROM attempt"))
                .isEqualTo("1 1");
    }
}
