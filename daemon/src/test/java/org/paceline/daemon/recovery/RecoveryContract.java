package org.paceline.daemon.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.cap;
import static org.paceline.daemon.Fixtures.lead;
import static org.paceline.daemon.Fixtures.priced;
import static org.paceline.daemon.Fixtures.spentAndReserved;
import static org.paceline.daemon.Fixtures.value;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.threads.ThreadWatch;

/** What recovery and the node's lease promise, on any database. */
abstract class RecoveryContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final RetryPlan TWICE = new RetryPlan(2, Map.of(Outcome.INTERRUPTED, 1_000L));

    private final AtomicInteger lost = new AtomicInteger();

    private Recovery recovery() {
        return new Recovery(database, () -> NOON, campaign -> campaign.equals(SPRING) ? TWICE : null);
    }

    private NodeLease take(String node) throws Exception {
        return NodeLease.take(
                database,
                new NodeLease.Wanted(node, NodeLease.Terms.DEFAULT, 0),
                recovery(),
                lost::incrementAndGet,
                ThreadWatch.endingTheProcess());
    }

    private String standing(long id) {
        return value(database, "SELECT status || ' ' || attempts || ' ' || not_before FROM lead WHERE id = " + id);
    }

    private void die(String node) {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE node SET lease_until = 1000 WHERE name = ?", node));
    }

    @Test
    void shouldInterruptAttemptsInDoubtAndGoOnWithTheirLeads() throws Exception {
        long first = lead(database, SPRING, BOB, "a");
        long last = lead(database, SPRING, BOB + 1, "a");
        long waiting = lead(database, SPRING, BOB + 2, "a");
        long others = lead(database, SPRING, BOB + 3, "b");
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET attempts = 1 WHERE id = ?", last));
        SqlAttemptJournal journal = new SqlAttemptJournal(database, "a", 1);
        journal.append(List.of(attempt(1, first, BOB, NOON - 9), attempt(2, last, BOB + 1, NOON - 9)));
        new SqlAttemptJournal(database, "b", 2).append(List.of(attempt(3, others, BOB + 3, NOON - 9)));

        assertThat(recovery().recover("a")).isEqualTo(new RecoveryReport(2, 2, 0, 0, 1, 0));

        assertThat(standing(first)).isEqualTo("NEW 1 " + (NOON + 1_000));
        assertThat(standing(last))
                .as("our doing uses up no attempt of its plan")
                .isEqualTo("NEW 2 " + (NOON + 1_000));
        assertThat(standing(waiting)).isEqualTo("NEW 0 0");
        assertThat(standing(others)).isEqualTo("LEASED 0 0");
        assertThat(value(database, "SELECT outcome || ' ' || ended_at FROM attempt WHERE call_id = 1"))
                .isEqualTo("INTERRUPTED " + NOON);
        assertThat(recovery().recover("a").isEmpty()).isTrue();
        assertThat(journal.append(List.of(attempt(9, first, BOB, NOON, cap("cap.number-day", 0, 1)))))
                .as("an interrupted attempt counts against the cap")
                .doesNotContainNull();
    }

    @Test
    void shouldEndALeadWhosePlanDoesNotTryAgainAfterAnInterruption() throws Exception {
        long lead = lead(database, SPRING, BOB, "a");
        var _ = new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(1, lead, BOB, NOON - 9)));
        Recovery once = new Recovery(database, () -> NOON, _ -> new RetryPlan(2, Map.of()));

        assertThat(once.recover("a")).isEqualTo(new RecoveryReport(1, 0, 1, 0, 0, 0));
        assertThat(standing(lead)).isEqualTo("DONE 1 0");
    }

    @Test
    void shouldKeepTheReservationOfAnInterruptedAttemptAsItsCost() throws Exception {
        long lead = lead(database, SPRING, BOB, "a");
        new SqlAttemptJournal(database, "a", 1)
                .append(List.of(priced(attempt(1, lead, BOB, NOON), 60, 100), attempt(2, 99, BOB + 1, NOON)));
        new SqlAttemptJournal(database, "b", 2).append(List.of(priced(attempt(3, 98, BOB + 2, NOON), 30, 100)));

        recovery().recover("a");
        recovery().recover("a");

        assertThat(spentAndReserved(database)).isEqualTo("60+30");
        assertThat(value(database, "SELECT cost_micros FROM attempt WHERE call_id = 1"))
                .isEqualTo("60");
    }

    @Test
    void shouldCountABudgetAgainWhereATornFileLeftItsSumWrong() throws Exception {
        long run = 7;
        long call = run << CallId.RUN_SHIFT;
        long lead = lead(database, SPRING, BOB, "a");
        new SqlAttemptJournal(database, "a", run).append(List.of(priced(attempt(call + 1, lead, BOB, NOON), 60, 100)));
        recovery().recover("a", run);
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE budget SET spent_micros = 29, reserved_micros = -31 WHERE run = 7"));

        assertThat(recovery().recover("b", run)).as("another node's").isEqualTo(new RecoveryReport(0, 0, 0, 0, 0, 0));
        assertThat(recovery().recover("a", run - 1))
                .as("a run that lives")
                .isEqualTo(new RecoveryReport(0, 0, 0, 0, 0, 0));
        assertThat(spentAndReserved(database)).isEqualTo("29+-31");

        assertThat(recovery().recover("a", run).budgetsRecounted()).isEqualTo(1);
        assertThat(spentAndReserved(database)).isEqualTo("60+0");
        assertThat(recovery().recover("a", run).isEmpty()).isTrue();
    }

    @Test
    void shouldGiveEachStartItsOwnCallIds() throws Exception {
        NodeLease first = take("a");
        NodeLease second = take("a");
        assertThat(second.run()).isGreaterThan(first.run());
        assertThat(second.firstCallId()).isEqualTo(new CallId((second.run() << CallId.RUN_SHIFT) + 1));
    }

    @Test
    void shouldTellAProcessWhoseNameWasTaken() throws Exception {
        NodeLease old = take("a");
        NodeLease young = take("a");
        old.turn(recovery());
        assertThat(lost).hasValue(1);
        young.turn(recovery());
        assertThat(lost).hasValue(1);
    }

    @Test
    void shouldRecoverOnlyANodeThatIsDead() throws Exception {
        NodeLease living = take("a");
        NodeLease sleeper = take("b");
        long lead = lead(database, SPRING, BOB, "b");
        new SqlAttemptJournal(database, "b", sleeper.run()).append(List.of(attempt(1, lead, BOB, NOON - 9)));

        living.buryDead(recovery());
        assertThat(standing(lead)).isEqualTo("LEASED 0 0");

        die("b");
        living.buryDead(recovery());
        assertThat(standing(lead)).isEqualTo("NEW 1 " + (NOON + 1_000));
        sleeper.turn(recovery());
        assertThat(lost).as("it must not think that it still holds its leads").hasValue(1);
    }

    @Test
    void shouldReleaseLeadsThatWereNotDialledWhenItStops() throws Exception {
        NodeLease node = take("a");
        node.start();
        long waiting = lead(database, SPRING, BOB, "a");
        long inDoubt = lead(database, SPRING, BOB + 1, "a");
        new SqlAttemptJournal(database, "a", node.run()).append(List.of(attempt(1, inDoubt, BOB + 1, NOON)));
        node.close();
        assertThat(standing(waiting)).isEqualTo("NEW 0 0");
        assertThat(standing(inDoubt)).isEqualTo("LEASED 0 0");
    }

    @Test
    void shouldEndAttemptsThatWereRecordedInTheMomentInWhichTheirRunEnded() throws Exception {
        NodeLease living = take("a");
        NodeLease sleeper = take("b");
        die("b");
        living.buryDead(recovery());
        long lead = lead(database, SPRING, BOB, "b");
        new SqlAttemptJournal(database, "b", sleeper.run()).append(List.of(attempt(1, lead, BOB, NOON - 9)));

        living.buryDead(recovery());
        assertThat(value(database, "SELECT outcome FROM attempt WHERE call_id = 1"))
                .isEqualTo("INTERRUPTED");
        assertThat(standing(lead)).isEqualTo("NEW 1 " + (NOON + 1_000));
    }

    @Test
    void shouldEndStraysOfAnEarlierRunAndLeaveTheLeadsOfTheNewerOneAlone() throws Exception {
        NodeLease living = take("a");
        NodeLease old = take("b");
        NodeLease young = take("b");
        long lead = lead(database, SPRING, BOB, "b");
        long other = lead(database, SPRING, BOB + 1, "b");
        new SqlAttemptJournal(database, "b", old.run()).append(List.of(attempt(1, lead, BOB, NOON - 9)));
        new SqlAttemptJournal(database, "b", young.run()).append(List.of(attempt(2, other, BOB + 1, NOON - 9)));

        living.buryDead(recovery());
        assertThat(value(database, "SELECT COUNT(*) FROM attempt WHERE outcome IS NULL"))
                .as("the newer run ends them itself, as it knows its leads")
                .isEqualTo("2");
        young.buryDead(recovery());
        assertThat(value(database, "SELECT outcome FROM attempt WHERE call_id = 1"))
                .isEqualTo("INTERRUPTED");
        assertThat(value(database, "SELECT COUNT(*) FROM attempt WHERE outcome IS NULL"))
                .isEqualTo("1");
        assertThat(standing(lead)).isEqualTo("LEASED 0 0");
    }

    @Test
    void shouldRecoverMoreAttemptsThanOneTransactionTakes() throws Exception {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk, caller_id, planned_at)"
                                + " SELECT n, n, 'spring', 13055550000 + n, 'a', 1, 't', 1, " + NOON
                                + " FROM "
                                + (database.isShared()
                                        ? "generate_series(1, 2500) AS s(n)"
                                        : "SYSTEM_RANGE(1, 2500) AS s(n)")));
        assertThat(recovery().recover("a").interruptedAttempts()).isEqualTo(2_500);
    }

    @Test
    void shouldTakeANumberAboveAllRunsThatTheNodeKnows() throws Exception {
        NodeLease lease = NodeLease.take(
                database,
                new NodeLease.Wanted("a", NodeLease.Terms.DEFAULT, 17),
                recovery(),
                lost::incrementAndGet,
                ThreadWatch.endingTheProcess());
        assertThat(lease.run()).isEqualTo(18);
    }

    @Test
    void shouldNotReleaseTheLeadsOfANewerProcessWhenItStops() throws Exception {
        if (!database.isShared()) {
            return; // a second process cannot open the file
        }
        NodeLease old = take("a");
        old.start();
        take("a");
        long lead = lead(database, SPRING, BOB, "a");
        old.close();
        assertThat(standing(lead)).isEqualTo("LEASED 0 0");
    }
}
