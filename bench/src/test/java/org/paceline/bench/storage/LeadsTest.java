package org.paceline.bench.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.Durability;

class LeadsTest {
    private static final StorageSettings SETTINGS =
            new StorageSettings(1, 2, 10, 1_000, Durability.PROCESS, false, Duration.ofSeconds(20), 0, 7);

    @TempDir
    private Path folder;

    private Database database;
    private ToldLog told;

    @BeforeEach
    void writeForAWhile() throws Exception {
        database = Database.open(DatabaseSettings.embedded(folder.resolve("db")));
        told = ToldLog.append(folder.resolve("told"));
        Leads.addWhereMissing(database, SETTINGS);
        ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        Workload workload = new Workload(database, told, SETTINGS, 1, failures::add);
        workload.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> workload.commits() >= 200);
        workload.stop();
        assertThat(failures).isEmpty();
    }

    @AfterEach
    void close() throws Exception {
        told.close();
        database.close();
    }

    @Test
    void shouldFindNothingWrongWhenNothingIs() throws Exception {
        Leads.Judgement judgement = judge();

        assertThat(judgement.lost()).isZero();
        assertThat(judgement.torn()).isZero();
        assertThat(judgement.attempts()).isGreaterThan(200);
    }

    @Test
    void shouldCountALeadAsLostWhenItIsOlderThanWhatWasTold() throws Exception {
        told.committed(new int[] {3}, new int[] {1_000_000});

        assertThat(judge().lost()).isEqualTo(1);
        assertThat(judge().torn()).isZero();
    }

    @Test
    void shouldCountALeadAsLostWhenItIsNotThere() throws Exception {
        change("DELETE FROM lead WHERE id = 3");

        assertThat(judge().lost()).isEqualTo(1);
    }

    @Test
    void shouldCountALeadAsTornWhenItsAttemptsAreNotThere() throws Exception {
        change("DELETE FROM attempt WHERE call_id = (SELECT MAX(call_id) FROM attempt WHERE lead_id = 3)");

        assertThat(judge().torn()).isEqualTo(1);
    }

    @Test
    void shouldCountALedgerAsTornWhenItMissesAWholeLeadsChange() throws Exception {
        change("UPDATE lead SET attempts = attempts - 1 WHERE id = " + Workload.FIRST_LEDGER);

        assertThat(judge().torn()).isEqualTo(1);
    }

    private Leads.Judgement judge() throws Exception {
        return Leads.judge(database, SETTINGS, folder.resolve("told"));
    }

    private void change(String statement) {
        database.write(handle -> handle.execute(statement));
    }
}
