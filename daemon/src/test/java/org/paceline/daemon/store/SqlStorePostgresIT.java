package org.paceline.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.ended;
import static org.paceline.daemon.Fixtures.lead;
import static org.paceline.daemon.Fixtures.value;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.PostgresServer;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.nodes.Fence;
import org.paceline.daemon.recovery.NodeLease;
import org.paceline.daemon.recovery.Recovery;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.threads.ThreadWatch;

class SqlStorePostgresIT extends StoreContract {
    private static final long EVE = 13055550199L;

    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }

    @Test
    void shouldWriteAgainWhatTheServerLackedWhenAnotherOneAnswers() throws Exception {
        Fence fence = NodeLease.take(
                        database,
                        new NodeLease.Wanted("a", NodeLease.Terms.DEFAULT, 0),
                        new Recovery(database, () -> NOON, _ -> null),
                        () -> {},
                        ThreadWatch.endingTheProcess())
                .fence();
        Object server = database.jdbi().withHandle(handle -> fence.check(handle).server());
        HeldLeads mine = new HeldLeads();
        SqlStore guarded =
                new SqlStore(database, "a", mine, ComplaintTerms.DEFAULT, new SqlStore.Guarded(fence, server, null));
        long done = lead(database, SPRING, EVE, "a");
        long held = lead(database, SPRING, EVE + 1, "a");
        long last = lead(database, SPRING, EVE + 2, "a");
        List.of(done, held, last).forEach(lead -> mine.add(new LeadId(lead)));
        var _ = new SqlAttemptJournal(database, "a", 1)
                .append(List.of(attempt(1, done, EVE, NOON), attempt(3, last, EVE + 2, NOON)));
        guarded.write(List.of(
                ended(1, done, Outcome.CONNECTED, new LeadNext.Done()),
                new Effect.CallNoted(new CallId(1), 1, "agent:ann", "asks", NOON),
                new Effect.CallNoted(new CallId(1), 2, "agent:ann", "asks", NOON)));

        database.jdbi().useHandle(handle -> {
            handle.execute("UPDATE attempt SET outcome = NULL WHERE call_id = 1");
            handle.execute("DELETE FROM call_note WHERE number = 2");
            handle.execute("UPDATE lead SET status = 'LEASED', lease_node = 'a', attempts = 0 WHERE id = ?", done);
            handle.execute("UPDATE lead SET status = 'NEW', lease_node = NULL WHERE id = ?", held);
        });
        PostgresServer.restart();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(
                        () -> guarded.write(List.of(ended(3, last, Outcome.BUSY, new LeadNext.RetryAt(NOON, null)))));
        assertThat(value(database, "SELECT outcome FROM attempt WHERE call_id = 1"))
                .isEqualTo("CONNECTED");
        assertThat(value(database, "SELECT COUNT(*) || ' ' || MAX(number) FROM call_note"))
                .isEqualTo("2 2");
        assertThat(value(database, "SELECT status || ' ' || attempts FROM lead WHERE id = " + done))
                .isEqualTo("DONE 1");
        assertThat(value(database, "SELECT status || ' ' || lease_node FROM lead WHERE id = " + held))
                .isEqualTo("LEASED a");
        assertThat(value(database, "SELECT status || ' ' || attempts FROM lead WHERE id = " + last))
                .isEqualTo("NEW 1");
    }
}
