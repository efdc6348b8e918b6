package org.paceline.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.ended;
import static org.paceline.daemon.Fixtures.lead;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.rules.OptOut;

class SqlStoreTest extends StoreContract {
    private static final long EVE = 13055550199L;

    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }

    @Test
    void shouldHaveAllThatWasStoredWhenTheFileHadToBeOpenedAgain() throws Exception {
        SqlStore store = new SqlStore(database, "a", new HeldLeads(), ComplaintTerms.DEFAULT);
        long done = lead(database, SPRING, EVE, "a");
        long next = lead(database, SPRING, EVE + 1, "a");
        var _ = new SqlAttemptJournal(database, "a", 1)
                .append(List.of(attempt(1, done, EVE, NOON), attempt(2, next, EVE + 1, NOON)));
        store.write(List.of(
                ended(1, done, Outcome.CONNECTED, new LeadNext.Done()),
                new Effect.CallNoted(new CallId(1), 1, "agent:ann", "asks", NOON),
                new Effect.OptedOut(EVE, new OptOut("agent:ann", null, NOON), NOON)));
        assertThatThrownBy(() -> database.jdbi().useHandle(handle -> {
                    handle.execute(
                            "SHUTDOWN IMMEDIATELY"); // as H2 does when the disk is full, with all that it had not
                    // written
                    handle.execute("SELECT 1");
                }))
                .isInstanceOf(JdbiException.class);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(
                        () -> store.write(List.of(ended(2, next, Outcome.BUSY, new LeadNext.RetryAt(NOON, null)))));
        assertThat(value(database, "SELECT outcome FROM attempt WHERE call_id = 1"))
                .isEqualTo("CONNECTED");
        assertThat(value(database, "SELECT COUNT(*) FROM call_note")).isEqualTo("1");
        assertThat(value(database, "SELECT e164 FROM do_not_call")).isEqualTo(String.valueOf(EVE));
        assertThat(value(database, "SELECT status || ' ' || attempts FROM lead WHERE id = " + done))
                .isEqualTo("DONE 1");
        assertThat(value(database, "SELECT status || ' ' || attempts FROM lead WHERE id = " + next))
                .isEqualTo("NEW 1");
    }
}
