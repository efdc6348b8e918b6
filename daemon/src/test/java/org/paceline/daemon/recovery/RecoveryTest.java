package org.paceline.daemon.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.priced;
import static org.paceline.daemon.Fixtures.spentAndReserved;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.attempts.AttemptEnds;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.budget.BudgetTable;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.dialer.id.CallId;

class RecoveryTest extends RecoveryContract {
    private static final String BLOCKED =
            "SELECT COUNT(*) FROM information_schema.sessions WHERE blocker_id IS NOT NULL";

    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }

    @Test
    void shouldCountAnAttemptOnceThatEndsWhileItsBudgetIsCountedAgain() throws Exception {
        long run = 7;
        CallId call = new CallId((run << CallId.RUN_SHIFT) + 1);
        new SqlAttemptJournal(database, "a", run)
                .append(List.of(priced(attempt(call.value(), 99, 13055550123L, NOON), 60, 100)));
        Recovery recovery = new Recovery(database, () -> NOON, _ -> null);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Handle other = database.jdbi().open()) {
            other.begin();
            AttemptEnds.interrupt(other, call, NOON);
            BudgetTable.settle(other, List.of(call.value()));
            Future<Integer> recounted = threads.submit(() -> recovery.recount("a", run));
            Awaitility.await().until(() -> value(database, BLOCKED).equals("1"));
            other.commit();
            assertThat(recounted.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(spentAndReserved(database)).isEqualTo("60+0");
    }
}
