package org.paceline.daemon.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.cap;
import static org.paceline.daemon.Fixtures.priced;
import static org.paceline.daemon.Fixtures.spentAndReserved;
import static org.paceline.daemon.Fixtures.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.Durability;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.event.Effect;

class AttemptLogTest extends DatabaseContract {
    private static final long BOB = 13055550123L;

    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }

    @Test
    void shouldPutBackWhatTheDatabaseLostAndNothingElse() throws Exception {
        Attempt kept = attempt(1, 11, BOB, NOON);
        Attempt lost = attempt(2, 12, BOB + 1, NOON + 1);
        try (AttemptLog log = log()) {
            new LoggedAttemptJournal(new SqlAttemptJournal(database, "a", 1), log, 1).append(List.of(kept));
            log.append(List.of(lost), 1); // its commit is what the killed process lost
        }
        Files.writeString(directory.resolve("log"), "3\t13\tspring\t130555", StandardOpenOption.APPEND);

        try (AttemptLog log = log()) {
            assertThat(log.putBack(database, "a")).isEqualTo(1);
            assertThat(log.putBack(database, "a")).isZero();
        }
        assertThat(value(database, "SELECT COUNT(*) FROM attempt")).isEqualTo("2");
        assertThat(value(database, "SELECT e164 || ' ' || planned_at || ' ' || node FROM attempt WHERE call_id = 2"))
                .isEqualTo((BOB + 1) + " " + (NOON + 1) + " a");
    }

    @Test
    void shouldNotPutBackWhatWasNotSent() throws Exception {
        Attempt notSent = attempt(1, 11, BOB, NOON);
        try (AttemptLog log = log()) {
            LoggedAttemptJournal journal = new LoggedAttemptJournal(new SqlAttemptJournal(database, "a", 1), log, 1);
            journal.append(List.of(notSent));
            journal.takeBack(List.of(new Effect.TakeBack(notSent, NotSent.NO_AGENT, NOON)));
        }
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM not_sent")); // as if that commit were lost
        try (AttemptLog log = log()) {
            assertThat(log.putBack(database, "a")).isZero();
        }
        assertThat(value(database, "SELECT COUNT(*) FROM attempt")).isEqualTo("0");
    }

    @Test
    void shouldCountWhatWasPutBackAgainstTheCap() throws Exception {
        try (AttemptLog log = log()) {
            log.append(List.of(attempt(1, 11, BOB, NOON)), 1);
            log.putBack(database, "a");
        }
        assertThat(new SqlAttemptJournal(database, "a", 2)
                        .append(List.of(attempt(2, 11, BOB, NOON + 5, cap("cap.number-day", 0, 1)))))
                .doesNotContainNull();
    }

    @Test
    void shouldPutBackTheReservationOfAnAttempt() throws Exception {
        try (AttemptLog log = log()) {
            new LoggedAttemptJournal(new SqlAttemptJournal(database, "a", 1), log, 1)
                    .append(List.of(priced(attempt(1, 11, BOB, NOON), 60, 100)));
            log.append(List.of(priced(attempt(2, 12, BOB + 1, NOON), 30, 100)), 1);
            log.putBack(database, "a");
            log.putBack(database, "a");
        }
        assertThat(spentAndReserved(database)).isEqualTo("0+90");
        assertThat(new SqlAttemptJournal(database, "a", 2)
                        .append(List.of(priced(attempt(3, 13, BOB + 2, NOON), 11, 100))))
                .doesNotContainNull();
    }

    @Test
    void shouldKeepTheNewestAttemptsInTwoFilesOfBoundedSize() throws Exception {
        try (AttemptLog log = log()) {
            for (int i = 0; i < 400; i++) {
                int first = i * 100;
                log.append(
                        IntStream.range(first, first + 100)
                                .mapToObj(n -> attempt(1_000L + n, 1, BOB, NOON))
                                .toList(),
                        1);
            }
            assertThat(Files.size(directory.resolve("log"))).isLessThanOrEqualTo(1 << 20);
            assertThat(Files.size(directory.resolve("log.1"))).isLessThanOrEqualTo(1 << 20);
            assertThat(log.putBack(database, "a")).isGreaterThan(10_000);
        }
        assertThat(value(database, "SELECT MAX(call_id) FROM attempt")).isEqualTo("40999");
    }

    private AttemptLog log() throws IOException {
        return new AttemptLog(directory.resolve("log"), Durability.PROCESS);
    }
}
