package org.paceline.daemon.complaints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.lead;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.complaints.Complaint.Which;
import org.paceline.daemon.complaints.ComplaintDesk.Closed;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.donotcall.DoNotCallEntry;
import org.paceline.daemon.donotcall.DoNotCallLog;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.port.AttemptJournal.CapReached;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;

/** What is promised of complaints, on any database. */
abstract class ComplaintContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final long HOURS = 3_600_000L;
    private static final OptOut BLOCK = new OptOut("api:boss", null, Long.MAX_VALUE, OptOut.Kind.COMPLAINT);

    @TempDir
    Path files;

    private final AtomicLong now = new AtomicLong(NOON);
    private final Heard engine = new Heard();
    private ComplaintDesk desk;

    @BeforeEach
    void openDesk() {
        desk = new ComplaintDesk(
                new ComplaintDesk.Parts(database, new NumberPlan(), ComplaintTerms.DEFAULT, null, engine, now::get));
    }

    private static ComplaintDesk.Order order(@Nullable String number, @Nullable Long call) {
        return new ComplaintDesk.Order(number, null, call, "called at night", null, null, "api:boss");
    }

    private Complaint open() throws Exception {
        return desk.open(order("+" + BOB, null));
    }

    private List<@Nullable CapReached> dial(long call) throws Exception {
        return new SqlAttemptJournal(database, "b", 2).append(List.of(attempt(call, 1, BOB, now.get())));
    }

    @Test
    void shouldBlockTheNumberAndOpenACaseWithOwnerAndDueTime() throws Exception {
        Complaint opened = open();

        assertThat(opened)
                .isEqualTo(new Complaint(
                        opened.id(),
                        BOB,
                        null,
                        null,
                        null,
                        NOON,
                        "api:boss",
                        "supervisors",
                        NOON + 48 * HOURS,
                        "called at night",
                        null));
        assertThat(engine.next()).isEqualTo(new Event.NumberOptedOut(BOB, BLOCK));
        assertThat(dial(7)).containsExactly(new CapReached(RuleId.COMPLAINT, List.of()));
        assertThat(desk.find(opened.id())).isEqualTo(opened);
        assertThat(desk.find(opened.id() + 1)).isNull();
    }

    @Test
    void shouldTakeNumberCampaignAndLeadOfTheCall() throws Exception {
        long bob = lead(database, SPRING, BOB, null);
        new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(5, bob, BOB, NOON - 10)));

        Complaint opened = desk.open(order(null, 5L));
        assertThat(opened.e164()).isEqualTo(BOB);
        assertThat(opened.campaign()).isEqualTo("spring");
        assertThat(opened.call()).isEqualTo(5);
        assertThat(opened.lead()).isEqualTo(bob);

        assertThatThrownBy(() -> desk.open(order(null, 6L))).hasMessage("'call': there was no call 6");
        assertThatThrownBy(() -> desk.open(order("+13055550124", 5L))).hasMessage("'call': 5 was to another number");
        assertThatThrownBy(() -> desk.open(order(null, null))).hasMessageStartingWith("'number' is missing");
        assertThatThrownBy(() -> desk.open(order("0305", null))).hasMessageStartingWith("'number': ");
        assertThat(desk.list(Which.ALL, Long.MAX_VALUE, 9)).containsExactly(opened);
    }

    @Test
    void shouldKeepWhatWasDoneAboutIt() throws Exception {
        Complaint opened = open();
        desk.addNote(opened.id(), "answered by letter", "api:boss");
        now.addAndGet(5);
        desk.close(opened.id(), "settled", null, "api:boss");
        desk.addNote(opened.id(), "asked again a week later", "api:chief");
        assertThat(desk.notes(opened.id()))
                .containsExactly(
                        new Complaint.Note(NOON, "api:boss", "answered by letter"),
                        new Complaint.Note(NOON + 5, "api:chief", "asked again a week later"));
    }

    @Test
    void shouldKeepTheNumberBlockedWhenTheCaseIsClosed() throws Exception {
        Complaint opened = open();
        now.addAndGet(HOURS);

        assertThat(desk.close(opened.id(), "apologised", null, "api:chief"))
                .isInstanceOfSatisfying(
                        Closed.Done.class,
                        done -> assertThat(done.complaint().closing())
                                .isEqualTo(new Complaint.Closing("apologised", NOON + HOURS, "api:chief")));
        assertThat(dial(7)).containsExactly(new CapReached(RuleId.COMPLAINT, List.of()));
        assertThat(desk.close(opened.id(), "again", null, "api:chief")).isEqualTo(new Closed.ClosedBefore());
        assertThat(desk.close(99, "again", null, "api:chief")).isEqualTo(new Closed.Unknown());
    }

    @Test
    void shouldUnblockWithAReasonUnlessAnotherCaseOfTheNumberIsOpen() throws Exception {
        Complaint first = open();
        Complaint second = open();
        new DoNotCallTable(database)
                .add(new DoNotCallEntry(BOB, new OptOut("api:ann", "autumn", Long.MAX_VALUE), NOON));

        assertThat(desk.close(first.id(), "settled", "asked to be called", "api:boss"))
                .isEqualTo(new Closed.OtherOpen(second.id()));
        assertThat(desk.find(first.id())).isEqualTo(first);
        desk.close(first.id(), "settled", null, "api:boss");
        assertThat(desk.close(second.id(), "settled", "asked to be called", "api:boss"))
                .isInstanceOf(Closed.Done.class);
        assertThat(dial(7)).containsExactly((CapReached) null);
        assertThat(new DoNotCallTable(database).of(BOB))
                .extracting(entry -> entry.optOut().kind())
                .containsExactly(OptOut.Kind.REQUEST);
    }

    @Test
    void shouldListByStateInPages() throws Exception {
        Complaint first = open();
        Complaint second = open();
        Complaint third =
                desk.open(new ComplaintDesk.Order("+" + BOB, "spring", null, "text", "jane", NOON + 1, "api:boss"));
        desk.close(first.id(), "settled", null, "api:boss");
        now.set(NOON + 2);

        assertThat(desk.list(Which.ALL, Long.MAX_VALUE, 2)).containsExactly(third, second);
        assertThat(desk.list(Which.ALL, second.id(), 2)).containsExactly(desk.find(first.id()));
        assertThat(desk.list(Which.OPEN, Long.MAX_VALUE, 9)).containsExactly(third, second);
        assertThat(desk.list(Which.CLOSED, Long.MAX_VALUE, 9)).containsExactly(desk.find(first.id()));
        assertThat(desk.list(Which.OVERDUE, Long.MAX_VALUE, 9)).containsExactly(third);
    }

    @Test
    void shouldWarnOfAnOverdueCaseOnceOverAllNodesAndRuns() throws Exception {
        Complaint opened = open();
        open();
        desk.close(opened.id() + 1, "settled", null, "api:boss");
        try (ComplaintWatch here =
                        new ComplaintWatch(database, now::get, new PeriodicWorkers(ThreadWatch.endingTheProcess()));
                ComplaintWatch there =
                        new ComplaintWatch(database, now::get, new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            assertThat(here.look()).isEmpty();
            assertThat(here.figures()).isEqualTo(Map.of("complaints.open.cases", 1L, "complaints.open.overdue", 0L));
            now.addAndGet(48 * HOURS + 1);
            assertThat(here.look()).containsExactly(opened);
            assertThat(here.look()).isEmpty();
            assertThat(there.look()).isEmpty();
            assertThat(there.figures()).isEqualTo(Map.of("complaints.open.cases", 1L, "complaints.open.overdue", 1L));
        }
    }

    @Test
    void shouldPutBackABlockThatTheDatabaseLost() throws Exception {
        Path file = files.resolve("log");
        try (DoNotCallLog log = new DoNotCallLog(file, Durability.PROCESS)) {
            new ComplaintDesk(new ComplaintDesk.Parts(
                            database, new NumberPlan(), ComplaintTerms.DEFAULT, log, engine, now::get))
                    .open(order("+" + BOB, null));
        }
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM do_not_call"));
        try (DoNotCallLog log = new DoNotCallLog(file, Durability.PROCESS)) {
            assertThat(log.putBack(database)).isEqualTo(1);
        }
        assertThat(dial(7)).containsExactly(new CapReached(RuleId.COMPLAINT, List.of()));
    }
}
