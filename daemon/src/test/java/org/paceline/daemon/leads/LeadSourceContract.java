package org.paceline.daemon.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.ended;
import static org.paceline.daemon.Fixtures.lead;
import static org.paceline.daemon.Fixtures.value;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.csv.RejectedRows;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.daemon.nodes.Fence;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.lead.Refusal;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;
import org.slf4j.LoggerFactory;

/** What the lead source promises, on any database. */
abstract class LeadSourceContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final long EVE = 13055550124L;
    private static final long HOUR = 3_600_000L;

    @TempDir
    Path files;

    private final NumberPlan numbers = new NumberPlan();
    private final HeldLeads held = new HeldLeads();
    private final Heard heard = new Heard();
    private final AtomicLong now = new AtomicLong(NOON);
    private SqlLeadSource source;

    private ListOrder order = ListOrder.PLAIN;

    @BeforeEach
    void startSource() {
        source = source("a", held, heard);
    }

    private SqlLeadSource source(String node, HeldLeads itsHeld, Heard itsHeard) {
        DatabaseWatch watch = new DatabaseWatch(() -> {}, _ -> {}, ThreadWatch.endingTheProcess());
        return source(node, itsHeld, itsHeard, () -> order, watch);
    }

    private SqlLeadSource source(
            String node, HeldLeads itsHeld, Heard itsHeard, Supplier<ListOrder> itsOrder, DatabaseWatch watch) {
        SqlLeadSource made = new SqlLeadSource(new SqlLeadSource.Parts(
                database,
                node,
                itsHeld,
                numbers,
                _ -> HOUR,
                _ -> itsOrder.get(),
                itsHeard,
                now::get,
                watch,
                Fence.NONE,
                ThreadWatch.endingTheProcess()));
        made.start();
        return made;
    }

    @AfterEach
    void stopSource() {
        source.close();
    }

    private Event.LeadsArrived request(int count) throws InterruptedException {
        source.request(SPRING, count);
        return (Event.LeadsArrived) heard.next();
    }

    private static List<Long> numbersOf(Event.LeadsArrived arrived) {
        return arrived.leads().stream().map(lead -> lead.number().e164()).toList();
    }

    private void set(long lead, String assignment) {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET " + assignment + " WHERE id = " + lead));
    }

    @Test
    void shouldTellOfOneRowOfFailuresWhileTheDatabaseDoesNotTakeOtherWork() throws Exception {
        for (int i = 0; i < 9; i++) {
            lead(database, SPRING, BOB + i, null);
        }
        DatabaseWatch watch = new DatabaseWatch(() -> {}, _ -> {}, ThreadWatch.endingTheProcess());
        watch.failed(DatabaseWatch.Work.JOURNAL, new SQLException("the disk is full", "53100"));
        AtomicBoolean failsNext = new AtomicBoolean();
        Heard itsHeard = new Heard();
        Logger logger = (Logger) LoggerFactory.getLogger(SqlLeadSource.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        Supplier<ListOrder> failing = () -> {
            if (failsNext.getAndSet(false)) {
                throw new ConnectionException(new SQLException("the disk is full", "53100"));
            }
            return ListOrder.PLAIN;
        };
        try (SqlLeadSource other = source("b", new HeldLeads(), itsHeard, failing, watch)) {
            for (int i = 0; i < 2; i++) {
                failsNext.set(true);
                other.request(SPRING, 1);
                assertThat(itsHeard.next()).isInstanceOf(Event.LeadsArrived.class);
            }
            watch.succeeded(DatabaseWatch.Work.JOURNAL);
            other.request(SPRING, 1);
            assertThat(itsHeard.next()).isInstanceOf(Event.LeadsArrived.class);
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("read"))
                .containsExactly(
                        "event=leads-not-read effect=\"tried again; further failures are counted\"",
                        "event=leads-are-read-again failures=2");
    }

    @Test
    void shouldHandOutDueLeadsByPriorityThenTime() throws Exception {
        set(lead(database, SPRING, BOB, null), "priority = 5");
        set(lead(database, SPRING, BOB + 1, null), "not_before = 10");
        set(lead(database, SPRING, BOB + 2, null), "not_before = 5, attempts = 2");
        set(lead(database, SPRING, BOB + 3, null), "not_before = " + (NOON + 7));
        lead(database, AUTUMN, BOB + 4, null);
        Event.LeadsArrived arrived = request(10);
        assertThat(numbersOf(arrived)).containsExactly(BOB + 2, BOB + 1, BOB);
        assertThat(arrived.leads().getFirst().attempts()).isEqualTo(2);
        assertThat(arrived.leads().getFirst().number().region()).isEqualTo("US");
        assertThat(arrived.nextDueEpochMillis()).isEqualTo(NOON + 7);
    }

    @Test
    void shouldHandOutGradesAsTheCampaignNamesThemAndFollowUpsFirst() throws Exception {
        order = new ListOrder(List.of("gold", "A"), null);
        set(lead(database, SPRING, BOB, null), "name = 'none'");
        set(lead(database, SPRING, BOB + 1, null), "grade_key = 'B'");
        set(lead(database, SPRING, BOB + 2, null), "grade_key = 'A', not_before = 3");
        set(lead(database, SPRING, BOB + 3, null), "grade_key = 'A', not_before = 2");
        set(lead(database, SPRING, BOB + 4, null), "grade_key = 'gold', not_before = 9");
        set(lead(database, SPRING, BOB + 5, null), "kind = 'FOLLOW_UP'");
        set(lead(database, SPRING, BOB + 6, null), "priority = -1");
        Event.LeadsArrived arrived = request(10);
        assertThat(numbersOf(arrived)).containsExactly(BOB + 6, BOB + 5, BOB + 4, BOB + 3, BOB + 2, BOB + 1, BOB);
        assertThat(arrived.nextDueEpochMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldMixNewLeadsAndFollowUpsWhileBothAreDue() throws Exception {
        order = new ListOrder(List.of(), 0.25);
        for (int i = 0; i < 9; i++) {
            lead(database, SPRING, BOB + i, null);
        }
        for (int i = 20; i < 24; i++) {
            set(lead(database, SPRING, BOB + i, null), "kind = 'FOLLOW_UP'");
        }
        List<LeadKind> first = kindsOf(request(8));
        assertThat(first).filteredOn(LeadKind.FOLLOW_UP::equals).hasSize(2);
        assertThat(first.subList(0, 4)).filteredOn(LeadKind.FOLLOW_UP::equals).hasSize(1);
        assertThat(kindsOf(request(8)))
                .hasSize(5)
                .filteredOn(LeadKind.FOLLOW_UP::equals)
                .hasSize(2);
    }

    private static List<LeadKind> kindsOf(Event.LeadsArrived arrived) {
        return arrived.leads().stream().map(Lead::kind).toList();
    }

    @Test
    void shouldTellWhatTheListSaysOfALead() throws Exception {
        lead(database, SPRING, BOB, null);
        set(lead(database, SPRING, BOB + 1, null), "name = 'Eve', grade = 'A', consent_at = 7, kind = 'FOLLOW_UP'");
        assertThat(request(10).leads())
                .extracting(Lead::traits)
                .containsExactly(new LeadTraits(true, "A", 7, LeadKind.FOLLOW_UP), LeadTraits.NONE.at(1));
    }

    @Test
    void shouldHandOutWhatAFileSaysOfSegmentsWhichOrderNothing() throws Exception {
        Path file = files.resolve("leads.csv");
        Files.writeString(file, """
                phone,grade,segment
                +13055550123,A,web form
                +13055550124,A,
                +13055550125,A,fair
                +13055550126,,bought
                """);
        new LeadImport(database, numbers, now::get)
                .run(
                        new LeadImport.Order(file, SPRING, ListFormat.FOUND_OUT, RejectedRows.besides(file)),
                        ImportProgress.NONE);
        Event.LeadsArrived arrived = request(10);
        assertThat(numbersOf(arrived)).containsExactly(BOB, EVE, BOB + 2, BOB + 3);
        assertThat(arrived.leads())
                .extracting(lead -> lead.traits().segment())
                .containsExactly("web form", null, "fair", "bought");
        assertThat(placesOf(arrived)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void shouldGiveAPlaceToLeadsOfOnePriorityKindAndGrade() throws Exception {
        order = new ListOrder(List.of("gold"), null);
        set(lead(database, SPRING, BOB, null), "priority = -1");
        set(lead(database, SPRING, BOB + 1, null), "priority = -1");
        set(lead(database, SPRING, BOB + 2, null), "kind = 'FOLLOW_UP', grade_key = 'gold'");
        for (int i = 3; i < 8; i++) {
            set(lead(database, SPRING, BOB + i, null), "grade_key = 'gold', attempts = " + i);
        }
        set(lead(database, SPRING, BOB + 8, null), "grade_key = 'A'");
        set(lead(database, SPRING, BOB + 9, null), "grade_key = 'B'");
        set(lead(database, SPRING, BOB + 10, null), "priority = 1, grade_key = 'B'");
        assertThat(placesOf(request(5))).as("a lease that ends within gold").containsExactly(0, 0, 1, 2, 2);
        Event.LeadsArrived rest = request(10);
        assertThat(numbersOf(rest)).containsExactly(BOB + 5, BOB + 6, BOB + 7, BOB + 8, BOB + 9, BOB + 10);
        assertThat(placesOf(rest)).as("the same list goes on").containsExactly(2, 2, 2, 3, 4, 5);
    }

    @Test
    void shouldGiveLeadsThatComeLaterAPlaceBehindThoseHandedOut() throws Exception {
        set(lead(database, SPRING, BOB, null), "priority = 5");
        assertThat(placesOf(request(1))).containsExactly(0);
        set(lead(database, SPRING, BOB + 1, null), "priority = 1");
        set(lead(database, SPRING, BOB + 2, null), "priority = 5");
        assertThat(placesOf(request(2))).containsExactly(1, 2);
    }

    @Test
    void shouldGiveKindsThatAreMixedOnePlaceButNotPriorities() throws Exception {
        order = new ListOrder(List.of(), 0.5);
        for (int i = 0; i < 4; i++) {
            set(lead(database, SPRING, BOB + i, null), "priority = " + i / 2);
            set(lead(database, SPRING, BOB + 20 + i, null), "kind = 'FOLLOW_UP', priority = " + i / 2);
        }
        Event.LeadsArrived arrived = request(8);
        assertThat(kindsOf(arrived).subList(0, 4))
                .filteredOn(LeadKind.NEW::equals)
                .hasSize(2);
        assertThat(placesOf(arrived)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
    }

    private static List<Integer> placesOf(Event.LeadsArrived arrived) {
        return arrived.leads().stream().map(lead -> lead.traits().place()).toList();
    }

    @Test
    void shouldNotHandOutALeadTwice() throws Exception {
        for (int i = 0; i < 5; i++) {
            lead(database, SPRING, BOB + i, null);
        }
        Set<Long> all = new HashSet<>(numbersOf(request(3)));
        Event.LeadsArrived rest = request(3);
        all.addAll(numbersOf(rest));
        assertThat(all).hasSize(5);
        assertThat(rest.nextDueEpochMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(held.size()).isEqualTo(5);
    }

    @Test
    void shouldTellWhenTheNumberWasLastTalkedWithAndAbandoned() throws Exception {
        long bob = lead(database, SPRING, BOB, null);
        new SqlAttemptJournal(database, "a", 1)
                .append(List.of(attempt(1, bob, BOB, NOON - 40), attempt(2, bob, BOB, NOON - 30)));
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE attempt SET ended_at = planned_at + 5,"
                        + " outcome = CASE call_id WHEN 1 THEN 'CONNECTED' ELSE 'ABANDONED' END"));
        AttemptHistory history = request(1).leads().getFirst().history();
        assertThat(history.lastConversationEpochMillis()).isEqualTo(NOON - 35);
        assertThat(history.lastAbandonedEpochMillis()).isEqualTo(NOON - 25);
        assertThat(history.lastRefusedEpochMillis()).isEqualTo(AttemptHistory.NEVER);
    }

    @Test
    void shouldTellWhenTheCalledPartyLastRefused() throws Exception {
        long bob = lead(database, SPRING, BOB, null);
        new SqlAttemptJournal(database, "a", 1)
                .append(List.of(attempt(1, bob, BOB, NOON - 40), attempt(AUTUMN, 2, bob, BOB, NOON - 30)));
        AgentId ann = new AgentId("ann");
        Disposition refused = new Disposition("not-interested", Disposition.Meaning.REFUSED);
        Disposition sale = new Disposition("sale", Disposition.Meaning.SUCCESS);
        new SqlStore(database, "a", held)
                .write(List.of(
                        new Effect.CallDisposed(new CallId(1), ann, sale, NOON - 8),
                        new Effect.CallDisposed(new CallId(2), ann, refused, NOON - 7)));
        assertThat(request(1).leads().getFirst().history().lastRefusedEpochMillis())
                .isEqualTo(NOON - 7);
    }

    @Test
    void shouldTellAttemptsOfEveryCampaignToTheNumber() throws Exception {
        long bob = lead(database, SPRING, BOB, null);
        new SqlAttemptJournal(database, "a", 1)
                .append(List.of(
                        attempt(AUTUMN, 1, 99, BOB, NOON - 10),
                        attempt(SPRING, 2, bob, BOB, NOON - HOUR - 1),
                        attempt(SPRING, 3, 98, EVE, NOON - 10)));
        Lead lead = request(1).leads().getFirst();
        assertThat(lead.history().size()).isEqualTo(1);
        assertThat(lead.history().at(0)).isEqualTo(NOON - 10);
    }

    @Test
    void shouldAnswerWithoutLeadsAndTellWhenSomeAreImported() throws Exception {
        assertThat(request(5).leads()).isEmpty();
        lead(database, SPRING, BOB, null);
        assertThat(heard.next()).isEqualTo(new Event.LeadsChanged(SPRING));
        assertThat(numbersOf(request(5))).containsExactly(BOB);
    }

    @Test
    void shouldHandOutALeadAgainOnceItsRetryIsDue() throws Exception {
        long bob = lead(database, SPRING, BOB, null);
        request(1);
        new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(1, bob, BOB, NOON)));
        new SqlStore(database, "a", held)
                .write(List.of(ended(1, bob, Outcome.BUSY, new LeadNext.RetryAt(NOON + HOUR, null))));
        assertThat(request(1).nextDueEpochMillis()).isEqualTo(NOON + HOUR);
        now.set(NOON + HOUR);
        assertThat(heard.next()).isEqualTo(new Event.LeadsChanged(SPRING));
        assertThat(request(1).leads().getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void shouldShareLeadsBetweenNodesWithoutGivingOneTwice() throws Exception {
        int leads = 200;
        for (int i = 0; i < leads; i++) {
            lead(database, SPRING, BOB + i, null);
        }
        Heard otherHeard = new Heard();
        Set<Long> all = new HashSet<>();
        int given = 0;
        try (SqlLeadSource other = source("b", new HeldLeads(), otherHeard)) {
            for (int i = 0; i < leads; i += 10) {
                source.request(SPRING, 10);
                other.request(SPRING, 10);
            }
            for (int i = 0; i < leads; i += 10) {
                for (Heard each : List.of(heard, otherHeard)) {
                    if (each.next() instanceof Event.LeadsArrived arrived) {
                        all.addAll(numbersOf(arrived));
                        given += arrived.leads().size();
                    }
                }
            }
        }
        assertThat(given).isEqualTo(all.size());
        assertThat(value(database, "SELECT COUNT(*) FROM lead WHERE status = 'LEASED'"))
                .isEqualTo(Integer.toString(given));
    }

    @Test
    void shouldTakeOutALeadWhoseNumberIsNone() throws Exception {
        long none = lead(database, SPRING, 1L, null);
        assertThat(request(1).leads()).isEmpty();
        assertThat(value(database, "SELECT status || ' ' || refusal_rule FROM lead WHERE id = " + none))
                .isEqualTo("REFUSED list.screened");
    }

    @Test
    void shouldOfferWhatRulesRefusedAgainButNotWhatWaitsForItsRetry() throws Exception {
        long refused = lead(database, SPRING, BOB, null);
        long tried = lead(database, SPRING, BOB + 1, null);
        long takenOut = lead(database, SPRING, BOB + 2, null);
        long elsewhere = lead(database, AUTUMN, BOB, null);
        request(10);
        Refusal shut = refusal(NOON);
        new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(1, tried, BOB + 1, NOON)));
        SqlStore store = new SqlStore(database, "a", held);
        store.write(List.of(
                new Effect.LeadSettled(new LeadId(refused), new LeadNext.RetryAt(NOON + HOUR, shut)),
                new Effect.LeadSettled(new LeadId(elsewhere), new LeadNext.RetryAt(NOON + HOUR, shut)),
                new Effect.LeadSettled(new LeadId(takenOut), new LeadNext.RefusedForGood(shut)),
                ended(1, tried, Outcome.BUSY, new LeadNext.RetryAt(NOON + HOUR, null))));
        assertThat(request(10).leads()).isEmpty();

        source.judgeAgain(SPRING);
        assertThat(heard.next()).isEqualTo(new Event.LeadsChanged(SPRING));
        assertThat(numbersOf(request(10))).containsExactlyInAnyOrder(BOB, BOB + 2);
    }

    private static Refusal refusal(long atEpochMillis) {
        return new Refusal(
                new Verdict.Refused(RuleId.WINDOW_WORKDAY, "for a test", "test", NOON + HOUR), atEpochMillis);
    }

    @Test
    void shouldNotOfferALeadWhoseNumberWasDialledBetweenItsRefusalAndTheWritingOfIt() throws Exception {
        long refused = lead(database, SPRING, BOB, null);
        long refusedLater = lead(database, SPRING, BOB + 1, null);
        long dialledElsewhere = lead(database, AUTUMN, BOB, "a");
        request(10);
        SqlStore store = new SqlStore(database, "a", held);
        new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(1, dialledElsewhere, BOB, NOON)));
        store.write(List.of(ended(1, dialledElsewhere, Outcome.BUSY, new LeadNext.RetryAt(NOON + HOUR, null))));
        // The database stalled: what was refused before that attempt ended is written after it.
        now.set(NOON + 60_000);
        store.write(List.of(
                new Effect.LeadSettled(new LeadId(refused), new LeadNext.RetryAt(NOON + HOUR, refusal(NOON + 29))),
                new Effect.LeadSettled(
                        new LeadId(refusedLater), new LeadNext.RetryAt(NOON + HOUR, refusal(NOON + 31)))));
        assertThat(request(10).leads()).isEmpty();

        source.judgeAgain(SPRING);
        assertThat(heard.next()).isEqualTo(new Event.LeadsChanged(SPRING));
        assertThat(numbersOf(request(10))).containsExactly(BOB + 1);
        assertThat(value(database, "SELECT refused_at FROM lead WHERE id = " + refused))
                .isEqualTo(String.valueOf(NOON + 29));
    }
}
