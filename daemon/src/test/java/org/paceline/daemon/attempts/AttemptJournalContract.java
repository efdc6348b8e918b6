package org.paceline.daemon.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.cap;
import static org.paceline.daemon.Fixtures.ended;
import static org.paceline.daemon.Fixtures.priced;
import static org.paceline.daemon.Fixtures.spentAndReserved;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.donotcall.CurrentLists;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallImport;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.nodes.Guard;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.AttemptJournal.CapReached;
import org.paceline.dialer.port.AttemptJournal.JournalUnavailableException;
import org.paceline.rules.CapLimit;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;

/** What the journal promises, on any database. */
abstract class AttemptJournalContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final long EVE = 13055550124L;

    private AttemptJournal journal(String node, long run) {
        return new SqlAttemptJournal(database, node, run);
    }

    private long attempts() {
        return Long.parseLong(value(database, "SELECT COUNT(*) FROM attempt"));
    }

    @Test
    void shouldRecordWhatNoCapForbids() throws Exception {
        List<@Nullable CapReached> answers = journal("a", 1)
                .append(List.of(attempt(1, 1, BOB, NOON, cap("cap.number-day", 0, 1)), attempt(2, 2, EVE, NOON)));
        assertThat(answers).containsExactly(null, null);
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void shouldRefuseOnlyTheAttemptOverItsCap() throws Exception {
        AttemptJournal journal = journal("a", 1);
        journal.append(List.of(attempt(1, 1, BOB, NOON - 1_000)));
        List<@Nullable CapReached> answers = journal.append(List.of(
                attempt(2, 1, BOB, NOON, cap("cap.number-day", NOON - 5_000, 1)),
                attempt(3, 2, EVE, NOON, cap("cap.number-day", NOON - 5_000, 1))));
        assertThat(answers).containsExactly(new CapReached(RuleId.CAP_NUMBER_DAY, List.of(NOON - 1_000)), null);
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void shouldNotCountAttemptsBeforeTheCapsPeriod() throws Exception {
        AttemptJournal journal = journal("a", 1);
        journal.append(List.of(attempt(1, 1, BOB, NOON - 6_000)));
        assertThat(journal.append(List.of(attempt(2, 1, BOB, NOON, cap("cap.number-day", NOON - 5_000, 1)))))
                .containsExactly((CapReached) null);
    }

    @Test
    void shouldNameTheCapThatStandsAgainstIt() throws Exception {
        AttemptJournal journal = journal("a", 1);
        journal.append(List.of(attempt(1, 1, BOB, NOON - 9_000), attempt(2, 1, BOB, NOON - 1_000)));
        CapReached reached = journal.append(List.of(attempt(
                        3, 1, BOB, NOON, cap("gap.number", NOON - 500, 1), cap("cap.number-day", NOON - 10_000, 2))))
                .getFirst();
        assertThat(reached).isEqualTo(new CapReached(RuleId.CAP_NUMBER_DAY, List.of(NOON - 9_000, NOON - 1_000)));
    }

    @Test
    void shouldCountAttemptsOfOneBatchAgainstEachOther() throws Exception {
        List<@Nullable CapReached> answers = journal("a", 1)
                .append(List.of(
                        attempt(SPRING, 1, 1, BOB, NOON, cap("cap.number-day", 0, 1)),
                        attempt(AUTUMN, 2, 2, BOB, NOON, cap("cap.number-day", 0, 1))));
        assertThat(answers).containsExactly(null, new CapReached(RuleId.CAP_NUMBER_DAY, List.of(NOON)));
    }

    @Test
    void shouldHoldTheCapOfACampaignsDayOverAllNumbersAndNodes() throws Exception {
        CapLimit ofSpring = new CapLimit(RuleId.CAP_CAMPAIGN_DAY, CapLimit.Scope.CAMPAIGN, NOON - 5_000, 3);
        journal("a", 1).append(List.of(attempt(1, 1, BOB, NOON - 9_000), attempt(2, 2, EVE, NOON - 1_000, ofSpring)));
        List<@Nullable CapReached> answers = journal("b", 2)
                .append(List.of(
                        attempt(AUTUMN, 3, 3, BOB + 2, NOON),
                        attempt(4, 4, BOB + 3, NOON, ofSpring),
                        attempt(5, 5, BOB + 4, NOON, ofSpring),
                        attempt(6, 6, BOB + 5, NOON, ofSpring)));
        assertThat(answers).containsExactly(null, null, null, new CapReached(RuleId.CAP_CAMPAIGN_DAY, List.of()));
    }

    @Test
    void shouldHoldTheCapOfALongDayWhoseCountIsKeptAlsoForAClockThatStepsBack() throws Exception {
        int past = KeptCount.MOST_RECOUNTED + 1;
        long morning = NOON - 3_600_000;
        CapLimit cap = new CapLimit(RuleId.CAP_CAMPAIGN_DAY, CapLimit.Scope.CAMPAIGN, morning, past + 4);
        AttemptJournal journal = journal("a", 1);
        List<Attempt> day = new ArrayList<>();
        for (int call = 1; call <= past; call++) {
            day.add(attempt(call, call, BOB + call, morning + call));
        }
        journal.append(day);
        long next = BOB + 100_000;
        assertThat(journal.append(List.of(attempt(past + 1, past + 1, next, NOON, cap))))
                .containsExactly((CapReached) null);
        assertThat(journal.append(List.of(attempt(past + 2, past + 2, next + 1, NOON, cap))))
                .containsExactly((CapReached) null);
        assertThat(journal.append(List.of(attempt(past + 3, past + 3, next + 2, morning + 5, cap))))
                .containsExactly((CapReached) null);
        assertThat(journal("b", 2)
                        .append(List.of(
                                attempt(past + 4, past + 4, next + 3, NOON + 1, cap),
                                attempt(past + 5, past + 5, next + 4, NOON + 1, cap))))
                .containsExactly(null, new CapReached(RuleId.CAP_CAMPAIGN_DAY, List.of()));
        CapLimit tomorrow = new CapLimit(RuleId.CAP_CAMPAIGN_DAY, CapLimit.Scope.CAMPAIGN, NOON + 1, 2);
        assertThat(journal.append(List.of(
                        attempt(past + 6, past + 6, next + 5, NOON + 2, tomorrow),
                        attempt(past + 7, past + 7, next + 6, NOON + 2, tomorrow))))
                .containsExactly(null, new CapReached(RuleId.CAP_CAMPAIGN_DAY, List.of()));
    }

    @Test
    void shouldHoldTheCapOfAnAgentsDayAndOfANumberInACampaign() throws Exception {
        CapLimit ofAgent = new CapLimit(RuleId.CAP_AGENT_DAY, CapLimit.Scope.AGENT, NOON - 5_000, 1);
        CapLimit inCampaign =
                new CapLimit(RuleId.CAP_NUMBER_CAMPAIGN, CapLimit.Scope.NUMBER_IN_CAMPAIGN, CapLimit.EVER, 1);
        AttemptJournal journal = journal("a", 1);
        journal.append(List.of(chargedTo("ann", attempt(1, 1, BOB, NOON - 1_000, ofAgent))));
        assertThat(journal.append(List.of(
                        chargedTo("ann", attempt(2, 2, EVE, NOON, ofAgent)),
                        chargedTo("bea", attempt(3, 3, EVE, NOON, ofAgent)),
                        attempt(4, 4, BOB + 2, NOON, ofAgent))))
                .containsExactly(new CapReached(RuleId.CAP_AGENT_DAY, List.of()), null, null);
        assertThat(journal.append(List.of(
                        attempt(AUTUMN, 5, 5, BOB, NOON, inCampaign), attempt(6, 6, BOB, NOON + 1, inCampaign))))
                .containsExactly(null, new CapReached(RuleId.CAP_NUMBER_CAMPAIGN, List.of(NOON - 1_000, NOON)));
    }

    /** Two journals fill one campaign's cap at once, each with numbers of its own, in round after round. */
    @Test
    void shouldNeverRecordMoreThanACampaignsCapWhenJournalsRace() throws Exception {
        int rounds = 40;
        int cap = 10;
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> racers = new ArrayList<>();
            for (int racer = 1; racer <= 2; racer++) {
                AttemptJournal journal = journal("node" + racer, racer);
                long first = racer * 1_000_000L;
                racers.add(() -> {
                    int stored = 0;
                    for (int i = 0; i < rounds; i++) {
                        CapLimit ofSpring =
                                new CapLimit(RuleId.CAP_CAMPAIGN_DAY, CapLimit.Scope.CAMPAIGN, NOON + i, cap);
                        List<Attempt> batch = new ArrayList<>();
                        for (int n = 0; n < 7; n++) {
                            long call = first + i * 7L + n;
                            batch.add(attempt(call, call, BOB + call, NOON + i, ofSpring));
                        }
                        together.await(30, TimeUnit.SECONDS);
                        for (CapReached answer : journal.append(batch)) {
                            stored += answer == null ? 1 : 0;
                        }
                    }
                    return stored;
                });
            }
            int stored = 0;
            for (Future<Integer> racer : threads.invokeAll(racers, 120, TimeUnit.SECONDS)) {
                stored += racer.get();
            }
            assertThat(stored).isEqualTo(rounds * cap);
            assertThat(attempts()).isEqualTo(stored);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldReserveWithinTheBudgetOverAllNodesAndSayWhatOthersTook() throws Exception {
        AttemptJournal journal = journal("a", 1);
        List<Attempt> batch =
                List.of(priced(attempt(1, 1, BOB, NOON), 60, 100), priced(attempt(2, 2, EVE, NOON), 41, 100));
        List<@Nullable CapReached> first = journal.append(batch);
        assertThat(first)
                .containsExactly(
                        null,
                        new CapReached(RuleId.BUDGET_MONTH, List.of(), new Spent("campaign:spring", 202611, 0, 0)));
        assertThat(journal.append(batch)).as("given again").isEqualTo(first);
        assertThat(spentAndReserved(database)).isEqualTo("0+60");

        assertThat(journal("b", 2)
                        .append(List.of(
                                priced(attempt(3, 3, EVE, NOON), 40, 100),
                                priced(attempt(4, 4, EVE + 1, NOON), 1, 100),
                                attempt(5, 5, EVE + 2, NOON))))
                .containsExactly(
                        null,
                        new CapReached(RuleId.BUDGET_MONTH, List.of(), new Spent("campaign:spring", 202611, 0, 60)),
                        null);
        assertThat(value(
                        database,
                        "SELECT budget_holder || budget_month || ' ' || reserved_micros FROM attempt"
                                + " WHERE call_id = 3"))
                .isEqualTo("campaign:spring202611 40");
        assertThat(spentAndReserved(database)).isEqualTo("0+100");
    }

    /** Two journals race for the last cent of month after month; then stores settle what calls did cost, at once too. */
    @Test
    void shouldNeverReserveMoreThanTheBudgetWhenJournalsRace() throws Exception {
        int rounds = 40;
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> racers = new ArrayList<>();
            for (int racer = 1; racer <= 2; racer++) {
                String node = "node" + racer;
                AttemptJournal journal = journal(node, racer);
                SqlStore store = new SqlStore(database, node, new HeldLeads());
                long first = racer * 1_000_000L;
                racers.add(() -> {
                    int stored = 0;
                    for (int i = 0; i < rounds; i++) {
                        List<Attempt> batch = new ArrayList<>();
                        for (int n = 0; n < 5; n++) {
                            long call = first + i * 5L + n;
                            batch.add(priced(attempt(call, call, BOB + call, NOON), i, 7, 50));
                        }
                        together.await(30, TimeUnit.SECONDS);
                        List<@Nullable CapReached> answers = journal.append(batch);
                        together.await(30, TimeUnit.SECONDS);
                        List<Effect.Entry> ends = new ArrayList<>();
                        for (int n = 0; n < 5; n++) {
                            if (answers.get(n) == null) {
                                stored++;
                                ends.add(endedAtCost(batch.get(n).call().value(), i, n % 2 == 0 ? 7 : 0));
                            }
                        }
                        store.write(ends);
                    }
                    return stored;
                });
            }
            int stored = 0;
            for (Future<Integer> racer : threads.invokeAll(racers, 120, TimeUnit.SECONDS)) {
                stored += racer.get();
            }
            assertThat(stored).as("seven of 7 within each 50").isEqualTo(rounds * 7);
            assertThat(value(
                            database,
                            "SELECT MAX(n) FROM (SELECT SUM(reserved_micros) AS n FROM attempt"
                                    + " GROUP BY budget_month) AS m"))
                    .isEqualTo("49");
            assertThat(spentAndReserved(database))
                    .isEqualTo(value(database, "SELECT SUM(cost_micros) FROM attempt") + "+0");
        } finally {
            threads.shutdownNow();
        }
    }

    private static Effect.AttemptEnded endedAtCost(long call, int month, long micros) {
        return ended(
                call, call, Outcome.BUSY, null, new LeadNext.Done(), new CallCost("campaign:spring", month, 7, micros));
    }

    private static Attempt chargedTo(String agent, Attempt attempt) {
        return new Attempt(
                attempt.call(),
                attempt.lead(),
                attempt.order(),
                attempt.caps(),
                attempt.reservation(),
                new AgentId(agent),
                attempt.plannedAt(),
                attempt.staleAfterNanos());
    }

    private static Effect.TakeBack takeBack(Attempt attempt) {
        return new Effect.TakeBack(attempt, NotSent.NO_RTP_PORT, NOON + 5);
    }

    @Test
    void shouldTakeWhatWasNotSentOutOfEveryCount() throws Exception {
        AttemptJournal journal = journal("a", 1);
        CapLimit ofDay = cap("cap.number-day", NOON - 5_000, 1);
        CapLimit ofAgent = new CapLimit(RuleId.CAP_AGENT_DAY, CapLimit.Scope.AGENT, NOON - 5_000, 1);
        CapLimit ofCampaign = new CapLimit(RuleId.CAP_CAMPAIGN_DAY, CapLimit.Scope.CAMPAIGN, NOON - 5_000, 1);
        Attempt first = chargedTo("ann", priced(attempt(1, 1, BOB, NOON, ofDay, ofAgent, ofCampaign), 60, 100));
        assertThat(journal.append(List.of(first))).containsOnlyNulls();
        assertThat(spentAndReserved(database)).isEqualTo("0+60");

        journal.takeBack(List.of(takeBack(first)));
        journal.takeBack(List.of(takeBack(first))); // a commit in doubt is given again

        assertThat(attempts()).isZero();
        assertThat(spentAndReserved(database)).isEqualTo("0+0");
        assertThat(value(
                        database,
                        "SELECT call_id || ' ' || why || ' ' || planned_at || ' ' || ended_at || ' ' || charged_agent"
                                + " FROM not_sent"))
                .isEqualTo("1 NO_RTP_PORT " + NOON + " " + (NOON + 5) + " ann");
        Attempt again = chargedTo("ann", priced(attempt(2, 1, BOB, NOON + 9, ofDay, ofAgent, ofCampaign), 60, 100));
        assertThat(journal("b", 2).append(List.of(again))).containsOnlyNulls();
    }

    @Test
    void shouldLeaveAnAttemptThatEndedOtherwiseWhenItIsTakenBack() throws Exception {
        AttemptJournal journal = journal("a", 1);
        Attempt attempt = priced(attempt(1, 1, BOB, NOON), 60, 100);
        journal.append(List.of(attempt));
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE attempt SET outcome = 'INTERRUPTED', cost_micros = 60"));
        journal.takeBack(List.of(takeBack(attempt), takeBack(attempt(7, 7, EVE, NOON))));
        assertThat(attempts()).isEqualTo(1);
        assertThat(value(database, "SELECT COUNT(*) FROM not_sent")).isEqualTo("0");
        assertThat(spentAndReserved(database)).isEqualTo("0+60");
    }

    @Test
    void shouldCountAnewWhatWasKeptOfALongDayWhenItIsTakenBack() throws Exception {
        int past = KeptCount.MOST_RECOUNTED + 1;
        long morning = NOON - 3_600_000;
        CapLimit cap = new CapLimit(RuleId.CAP_CAMPAIGN_DAY, CapLimit.Scope.CAMPAIGN, morning, past + 1);
        AttemptJournal journal = journal("a", 1);
        List<Attempt> day = new ArrayList<>();
        for (int i = 0; i < past; i++) {
            day.add(attempt(10 + i, 10 + i, EVE + i, morning + i, cap));
        }
        journal.append(day);
        assertThat(journal.append(List.of(attempt(1, 1, BOB, NOON, cap)))).containsOnlyNulls();
        assertThat(journal.append(List.of(attempt(2, 2, BOB + 5_000, NOON, cap))))
                .doesNotContainNull();
        journal.takeBack(List.of(takeBack(day.getFirst())));
        assertThat(journal.append(List.of(attempt(3, 3, BOB + 6_000, NOON, cap))))
                .containsOnlyNulls();
        assertThat(journal.append(List.of(attempt(4, 4, BOB + 7_000, NOON, cap))))
                .doesNotContainNull();
    }

    @Test
    void shouldSayTheSameWhenABatchIsGivenAgain() throws Exception {
        AttemptJournal journal = journal("a", 1);
        List<Attempt> batch = List.of(
                attempt(1, 1, BOB, NOON, cap("cap.number-day", NOON + 1, 1)),
                attempt(2, 2, EVE, NOON, cap("cap.number-day", 0, 1)),
                attempt(3, 2, EVE, NOON, cap("cap.number-day", 0, 1)));
        List<@Nullable CapReached> first = journal.append(batch);
        assertThat(journal.append(batch)).isEqualTo(first);
        assertThat(first.get(2)).isNotNull();
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void shouldRefuseANumberThatAnotherNodeHasOnTheLine() throws Exception {
        journal("a", 1).append(List.of(attempt(1, 1, BOB, NOON - 60_000)));
        AttemptJournal other = journal("b", 2);
        assertThat(other.append(List.of(attempt(2, 2, BOB, NOON))).getFirst())
                .isEqualTo(new CapReached(RuleId.IN_FLIGHT, List.of()));
        database.jdbi().useHandle(handle -> handle.execute("UPDATE attempt SET outcome = 'BUSY'"));
        assertThat(other.append(List.of(attempt(2, 2, BOB, NOON)))).containsExactly((CapReached) null);
    }

    @Test
    void shouldRefuseANumberThatWasOptedOutElsewhere() throws Exception {
        DoNotCallTable table = new DoNotCallTable(database);
        table.add(new DoNotCallEntry(BOB, new OptOut("api:alice", null, Long.MAX_VALUE), NOON));
        table.add(new DoNotCallEntry(EVE, new OptOut("api:alice", "autumn", NOON + 1), NOON));
        List<@Nullable CapReached> answers = journal("a", 1)
                .append(List.of(
                        attempt(1, 1, BOB, NOON),
                        attempt(SPRING, 2, 2, EVE, NOON),
                        attempt(AUTUMN, 3, 3, EVE, NOON),
                        attempt(AUTUMN, 4, 3, EVE, NOON + 1)));
        assertThat(answers)
                .containsExactly(
                        new CapReached(RuleId.OPTOUT, List.of()), null, new CapReached(RuleId.OPTOUT, List.of()), null);
    }

    @Test
    void shouldTellAComplaintFromARequest() throws Exception {
        OptOut complaint = new OptOut("complaint:7", null, Long.MAX_VALUE, OptOut.Kind.COMPLAINT);
        DoNotCallTable table = new DoNotCallTable(database);
        table.add(new DoNotCallEntry(BOB, complaint, NOON));
        table.add(new DoNotCallEntry(EVE, complaint, NOON));
        table.add(new DoNotCallEntry(EVE, new OptOut("api:ann", null, Long.MAX_VALUE), NOON));
        assertThat(journal("a", 1).append(List.of(attempt(1, 1, BOB, NOON), attempt(2, 2, EVE, NOON))))
                .containsExactly(new CapReached(RuleId.COMPLAINT, List.of()), new CapReached(RuleId.OPTOUT, List.of()));
    }

    @Test
    void shouldRefuseWhatWasEnteredAfterTheAttemptWasPlannedWhateverThisProcessHasRead(@TempDir Path files)
            throws Exception {
        CurrentLists read = new CurrentLists();
        AttemptJournal journal = new SqlAttemptJournal(database, "a", 1, read, Guard.none());
        Attempt single = attempt(1, 1, BOB, NOON);
        Attempt listed = attempt(2, 2, EVE, NOON);
        new DoNotCallTable(database)
                .add(new DoNotCallEntry(BOB, new OptOut("api:ann", null, Long.MAX_VALUE), NOON + 1));
        Path file = Files.writeString(files.resolve("dnc.csv"), "phone,campaign\n+" + EVE + ",spring\n");
        new DoNotCallImport(database, new NumberPlan(), () -> NOON + 1)
                .run(
                        new DoNotCallImport.Order(
                                file,
                                ListFormat.FOUND_OUT,
                                ZoneOffset.UTC,
                                Set.of(SPRING),
                                null,
                                false,
                                files.resolve("rejected")),
                        ImportProgress.NONE);
        CapReached refused = new CapReached(RuleId.OPTOUT, List.of());
        assertThat(journal.append(List.of(single, listed, attempt(AUTUMN, 3, 3, EVE, NOON))))
                .containsExactly(refused, refused, null);
        assertThat(read.refresh(database, NOON)).isNotNull();
        assertThat(read.refresh(database, NOON)).isNull();
        assertThat(journal.append(List.of(listed))).containsExactly(refused);
    }

    @Test
    void shouldSayThatTheDatabaseIsAway() {
        AttemptJournal journal = journal("a", 1);
        database.close();
        assertThatThrownBy(() -> journal.append(List.of(attempt(1, 1, BOB, NOON))))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("call=1")
                .hasMessageNotContaining("3055550123");
    }

    /** Two journals are given the same numbers at once, in batches that overlap in different orders. */
    @Test
    void shouldNeverRecordTwoAttemptsOverACapOfOneWhenJournalsRace() throws Exception {
        int batches = 60;
        int numbers = 30;
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> racers = new ArrayList<>();
            for (int racer = 0; racer < 2; racer++) {
                // The same node name: the cap alone must decide, not the number in flight.
                AttemptJournal journal = journal("a", racer + 1);
                long firstCall = (racer + 1) * 1_000_000L;
                Random random = new Random(racer);
                racers.add(() -> {
                    int stored = 0;
                    for (int i = 0; i < batches; i++) {
                        List<Attempt> batch = new ArrayList<>();
                        for (int n = 0; n < numbers; n++) {
                            long e164 = BOB + (i / 3) * (numbers / 2L) + n;
                            batch.add(attempt(
                                    firstCall + i * (long) numbers + n,
                                    1,
                                    e164,
                                    NOON + i,
                                    cap("cap.number-day", NOON, 1)));
                        }
                        Collections.shuffle(batch, random);
                        together.await(30, TimeUnit.SECONDS);
                        for (CapReached answer : journal.append(batch)) {
                            stored += answer == null ? 1 : 0;
                        }
                    }
                    return stored;
                });
            }
            long stored = 0;
            for (Future<Integer> racer : threads.invokeAll(racers, 120, TimeUnit.SECONDS)) {
                stored += racer.get();
            }
            assertThat(value(database, "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM attempt GROUP BY e164) AS c"))
                    .isEqualTo("1");
            assertThat(attempts()).isEqualTo(stored);
            assertThat(value(database, "SELECT COUNT(DISTINCT e164) FROM attempt"))
                    .isEqualTo(Long.toString((batches / 3 - 1) * (numbers / 2) + numbers));
        } finally {
            threads.shutdownNow();
        }
    }
}
