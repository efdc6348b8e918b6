package org.paceline.daemon.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.cap;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.database.PostgresServer;
import org.paceline.daemon.donotcall.CurrentLists;
import org.paceline.daemon.nodes.Guard;
import org.paceline.daemon.recovery.NodeLease;
import org.paceline.daemon.recovery.Recovery;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.paceline.dialer.threads.ThreadWatch;

class SqlAttemptJournalPostgresIT extends AttemptJournalContract {
    private static final long BOB = 13055550123L;

    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }

    @Test
    void shouldPutBackWhatTheServerLackedWhenAnotherOneAnswers() throws Exception {
        NodeLease lease = NodeLease.take(
                database,
                new NodeLease.Wanted("a", NodeLease.Terms.DEFAULT, 0),
                new Recovery(database, () -> NOON, _ -> null),
                () -> {},
                ThreadWatch.endingTheProcess());
        try (AttemptLog log = new AttemptLog(directory.resolve("log"), Durability.PROCESS)) {
            Object server = database.jdbi()
                    .withHandle(handle -> lease.fence().check(handle).server());
            Guard guard = new Guard(lease.fence(), server, handle -> log.putBack(handle, "a"));
            AttemptJournal journal = new LoggedAttemptJournal(
                    new SqlAttemptJournal(database, "a", lease.run(), new CurrentLists(), guard), log, lease.run());
            journal.append(List.of(attempt(1, 11, BOB, NOON)));
            database.jdbi().useHandle(handle -> handle.execute("DELETE FROM attempt"));
            journal.append(List.of(attempt(2, 12, BOB + 1, NOON)));
            assertThat(value(database, "SELECT COUNT(*) FROM attempt"))
                    .as("the same server")
                    .isEqualTo("1");

            PostgresServer.restart();
            Attempt again = attempt(3, 11, BOB, NOON + 5, cap("cap.number-day", 0, 1));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreException(JournalUnavailableException.class)
                    .untilAsserted(() -> assertThat(journal.append(List.of(again)))
                            .as("what was put back counts at once")
                            .doesNotContainNull());
        }
        assertThat(value(database, "SELECT COUNT(*) FROM attempt")).isEqualTo("2");
    }
}
