package org.paceline.daemon.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.cap;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.attempts.AttemptLog;
import org.paceline.daemon.attempts.LoggedAttemptJournal;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.database.PostgresServer;
import org.paceline.daemon.donotcall.CurrentLists;
import org.paceline.daemon.nodes.Guard;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.paceline.dialer.threads.ThreadWatch;

/** With several nodes on one database: a run without its lease stores nothing, whatever it does. */
class RecoveryPostgresIT extends RecoveryContract {
    private static final long BOB = 13055550123L;

    private final AtomicInteger sleepersLost = new AtomicInteger();

    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }

    private Recovery recovery() {
        return new Recovery(database, () -> NOON, _ -> null);
    }

    private NodeLease node(String name, AtomicInteger lost) throws Exception {
        return NodeLease.take(
                database,
                new NodeLease.Wanted(name, NodeLease.Terms.DEFAULT, 0),
                recovery(),
                lost::incrementAndGet,
                ThreadWatch.endingTheProcess());
    }

    private SqlAttemptJournal journal(NodeLease lease, String name) {
        return new SqlAttemptJournal(
                database, name, lease.run(), new CurrentLists(), new Guard(lease.fence(), "", _ -> {}));
    }

    private void leaseUntil(String node, String when) {
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE node SET lease_until = " + when + " WHERE name = ?", node));
    }

    private String attempts() {
        return value(database, "SELECT COUNT(*) FROM attempt");
    }

    @Test
    void shouldRecordNothingWhileTheLeaseIsOverAndGoOnOnceItIsRenewed() throws Exception {
        NodeLease sleeper = node("b", sleepersLost);
        SqlAttemptJournal journal = journal(sleeper, "b");
        journal.append(List.of(attempt(1, 1, BOB, NOON)));
        leaseUntil("b", "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT) - 1");

        assertThatThrownBy(() -> journal.append(List.of(attempt(2, 2, BOB + 1, NOON))))
                .isInstanceOf(JournalUnavailableException.class)
                .hasStackTraceContaining("its lease in the database is over and not renewed yet");
        assertThat(attempts()).isEqualTo("1");
        assertThat(sleepersLost).hasValue(0);

        sleeper.turn(recovery());
        assertThat(journal.append(List.of(attempt(2, 2, BOB + 1, NOON)))).containsOnlyNulls();
    }

    @Test
    void shouldRecordNothingAndSayItOnceWhenAnotherNodeEndedTheLease() throws Exception {
        NodeLease living = node("a", new AtomicInteger());
        NodeLease sleeper = node("b", sleepersLost);
        SqlAttemptJournal journal = journal(sleeper, "b");
        journal.append(List.of(attempt(1, 1, BOB, NOON)));
        leaseUntil("b", "1000");
        living.buryDead(recovery());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> journal.append(List.of(attempt(2, 2, BOB + 1, NOON))))
                    .isInstanceOf(JournalUnavailableException.class);
        }
        assertThat(attempts()).isEqualTo("1");
        assertThat(value(database, "SELECT outcome FROM attempt")).isEqualTo("INTERRUPTED");
        assertThat(sleepersLost).as("told without waiting for the next renewal").hasValue(1);
    }

    @Test
    void shouldRecordNothingWhenANewerProcessHasTheName() throws Exception {
        NodeLease old = node("b", sleepersLost);
        node("b", new AtomicInteger());
        assertThatThrownBy(() -> journal(old, "b").append(List.of(attempt(1, 1, BOB, NOON))))
                .isInstanceOf(JournalUnavailableException.class);
        assertThat(attempts()).isEqualTo("0");
        assertThat(sleepersLost).hasValue(1);
    }

    @Test
    void shouldEndWhatWasRecordedWhileItsLeaseRanOut() throws Exception {
        NodeLease living = node("a", new AtomicInteger());
        NodeLease sleeper = node("b", sleepersLost);
        CompletableFuture<Void> burial = new CompletableFuture<>();
        database.jdbi().useHandle(handle -> {
            handle.begin();
            sleeper.fence().demand(handle); // from here on nobody ends the lease
            Thread.ofPlatform().start(() -> {
                leaseUntil("b", "1000"); // waits for the transaction
                try {
                    living.buryDead(recovery());
                    burial.complete(null);
                } catch (Exception e) {
                    burial.completeExceptionally(e);
                }
            });
            handle.execute(
                    "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk, caller_id, planned_at)"
                            + " VALUES (1, 1, 'spring', 1, 'b', " + sleeper.run() + ", 't', 1, 1)");
            assertThat(burial).isNotDone();
            handle.commit();
        });
        burial.get(30, TimeUnit.SECONDS);
        assertThat(value(database, "SELECT outcome FROM attempt")).isEqualTo("INTERRUPTED");
    }

    @Test
    void shouldPutBackWhatAServerThatTookOverLacksBeforeItRecordsTheNext(@TempDir Path folder) throws Exception {
        NodeLease node = node("b", sleepersLost);
        try (AttemptLog log = new AttemptLog(folder.resolve("b.attempts"), Durability.PROCESS)) {
            List<Attempt> stored = LongStream.rangeClosed(1, 105)
                    .mapToObj(n -> attempt(n, n, BOB + n, NOON))
                    .toList();
            new LoggedAttemptJournal(journal(node, "b"), log, node.run()).append(stored);
            // As a failover to an asynchronous standby does.
            database.jdbi().useHandle(handle -> handle.execute("DELETE FROM attempt WHERE call_id > 20"));

            Guard guard = new Guard(node.fence(), "the server before", connection -> log.putBack(connection, "b"));
            SqlAttemptJournal after = new SqlAttemptJournal(database, "b", node.run(), new CurrentLists(), guard);
            assertThat(after.append(List.of(attempt(200, 200, BOB + 30, NOON + 5, cap("cap.number-day", 0, 1)))))
                    .as("what was put back counts")
                    .doesNotContainNull();
            assertThat(attempts()).isEqualTo("105");
            assertThat(log.putBack(database, "b")).as("exactly once").isZero();
        }
    }
}
