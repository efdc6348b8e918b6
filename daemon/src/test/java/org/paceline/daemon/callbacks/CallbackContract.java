package org.paceline.daemon.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.lead;
import static org.paceline.daemon.Fixtures.value;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.Fixtures;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.database.DatabaseWatch;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.leads.KeptCallback;
import org.paceline.daemon.leads.KeptCallback.State;
import org.paceline.daemon.leads.ListOrder;
import org.paceline.daemon.leads.SqlLeadSource;
import org.paceline.daemon.nodes.Fence;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.daemon.recovery.Recovery;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.Refusal;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/** What is promised of callbacks, on any database. */
abstract class CallbackContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final long HOUR = 3_600_000L;
    private static final long GRACE = 1_800_000L;
    private static final AgentId ANN = new AgentId("ann");
    private static final AgentId BEA = new AgentId("bea");

    private final AtomicLong now = new AtomicLong(NOON);
    private final HeldLeads held = new HeldLeads();
    private final Heard engine = new Heard();
    private final Heard heard = new Heard();
    private CallbackDesk desk;
    private SqlStore store;
    private SqlLeadSource source;
    private long bob;

    @BeforeEach
    void open() {
        desk = new CallbackDesk(database, new NumberPlan(), engine, now::get);
        store = new SqlStore(database, "a", held);
        source = new SqlLeadSource(new SqlLeadSource.Parts(
                database,
                "a",
                held,
                new NumberPlan(),
                _ -> HOUR,
                _ -> ListOrder.PLAIN,
                heard,
                now::get,
                new DatabaseWatch(() -> {}, _ -> {}, ThreadWatch.endingTheProcess()),
                Fence.NONE,
                ThreadWatch.endingTheProcess()));
        bob = lead(database, SPRING, BOB, null);
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private KeptCallback promise(long due, @Nullable String agent) throws Exception {
        return desk.make(new CallbackDesk.Order(bob, null, null, agent, due, "after six", "api:boss"));
    }

    private void set(String assignment) {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET " + assignment));
    }

    private String bobsRow() {
        return value(
                database,
                "SELECT status || ' ' || not_before || ' ' || COALESCE(callback_id, 0) FROM lead WHERE id = " + bob);
    }

    private List<Lead> leaseCallbacks(AgentId... agents) throws Exception {
        source.requestCallbacks(SPRING, Set.of(agents), GRACE);
        source.request(SPRING, 1);
        Event first = heard.next();
        if (first instanceof Event.CallbacksArrived arrived) {
            assertThat(heard.next()).isInstanceOf(Event.LeadsArrived.class);
            return arrived.leads();
        }
        assertThat(((Event.LeadsArrived) first).leads()).isEmpty();
        return List.of();
    }

    @Test
    void shouldPromiseADoneLeadACallAndTellTheEngine() throws Exception {
        set("status = 'DONE', attempts = 4");
        KeptCallback made = promise(NOON + HOUR, "ann");

        assertThat(made)
                .isEqualTo(new KeptCallback(
                        made.id(),
                        bob,
                        "spring",
                        BOB,
                        "ann",
                        NOON + HOUR,
                        "api:boss",
                        NOON,
                        State.OPEN,
                        null,
                        "after six"));
        assertThat(bobsRow()).isEqualTo("NEW " + (NOON + HOUR) + " " + made.id());
        assertThat(engine.next()).isEqualTo(new Event.CallbackPromised(SPRING, new LeadId(bob), NOON + HOUR));
    }

    @Test
    void shouldFindTheLeadOfANumberAndSayWhatIsWrong() throws Exception {
        CallbackDesk.Order order = new CallbackDesk.Order(null, "+" + BOB, "spring", null, NOON + 1, null, "api:boss");
        assertThat(desk.make(order).lead()).isEqualTo(bob);
        assertThatThrownBy(() -> desk.make(
                        new CallbackDesk.Order(null, "+13055550124", "spring", null, NOON + 1, null, "api:boss")))
                .hasMessage("'number': campaign 'spring' has no lead of it: import it first");
        assertThatThrownBy(() -> desk.make(new CallbackDesk.Order(99L, null, null, null, NOON + 1, null, "api:boss")))
                .hasMessage("'lead': there is no lead 99");
        assertThatThrownBy(() ->
                        desk.make(new CallbackDesk.Order(null, "+" + BOB, null, null, NOON + 1, null, "api:boss")))
                .hasMessage("'lead' is missing: send it, or 'number' and 'campaign'");
        assertThatThrownBy(() -> promise(NOON, null)).hasMessage("'due' must be after now, within 366 days");
    }

    @Test
    void shouldLeaseADueCallbackApartFromTheList() throws Exception {
        set("attempts = 4, segment = 'web form'");
        KeptCallback made = promise(NOON + HOUR, null);
        source.start();
        assertThat(leaseCallbacks(ANN)).isEmpty(); // neither as a callback, nor from the list
        now.addAndGet(HOUR);

        assertThat(heard.next()).isEqualTo(new Event.CallbacksDue(SPRING));
        source.requestCallbacks(SPRING, Set.of(ANN), GRACE);
        Event next = heard.next();
        while (next instanceof Event.CallbacksDue) {
            next = heard.next();
        }
        Lead leased = ((Event.CallbacksArrived) next).leads().getFirst();
        assertThat(leased.callback()).isEqualTo(new Callback(made.id(), NOON + HOUR, null, 4));
        assertThat(leased.kind()).isEqualTo(LeadKind.FOLLOW_UP);
        assertThat(leased.traits().segment()).isEqualTo("web form");
        assertThat(leased.tries()).isZero();
        assertThat(held.contains(leased.id())).isTrue();
        assertThat(bobsRow()).startsWith("LEASED ");
    }

    @Test
    void shouldKeepAPersonalCallbackForItsAgentUntilTheGraceIsOver() throws Exception {
        promise(NOON + 1, "bea");
        now.addAndGet(1);
        assertThat(leases(ANN)).isEmpty();
        assertThat(leases(ANN, BEA)).hasSize(1);
        set("status = 'NEW', lease_node = NULL");
        held.remove(new LeadId(bob));
        now.addAndGet(GRACE - 1);
        assertThat(leases(ANN)).isEmpty();
        now.addAndGet(1);
        assertThat(leases(ANN)).hasSize(1);
    }

    /** Once, by a source of its own, so that no look comes between. */
    private List<Lead> leases(AgentId... agents) throws Exception {
        Heard own = new Heard();
        try (SqlLeadSource once = new SqlLeadSource(new SqlLeadSource.Parts(
                database,
                "a",
                held,
                new NumberPlan(),
                _ -> HOUR,
                _ -> ListOrder.PLAIN,
                own,
                now::get,
                new DatabaseWatch(() -> {}, _ -> {}, ThreadWatch.endingTheProcess()),
                Fence.NONE,
                ThreadWatch.endingTheProcess()))) {
            once.requestCallbacks(SPRING, Set.of(agents), GRACE);
            once.request(SPRING, 1);
            once.start();
            Event first = own.next();
            return first instanceof Event.CallbacksArrived arrived ? arrived.leads() : List.of();
        }
    }

    @Test
    void shouldBeDoneWhenAnAgentIsConnected() throws Exception {
        KeptCallback made = promise(NOON + 1, null);
        ends(made, Outcome.CONNECTED, new LeadNext.RetryAt(NOON + HOUR, null));

        assertThat(desk.find(made.id())).isNotNull().satisfies(kept -> {
            assertThat(kept.state()).isEqualTo(State.DONE);
            assertThat(kept.done()).isEqualTo(new KeptCallback.Done(1, NOON + 25));
        });
        assertThat(bobsRow()).isEqualTo("NEW " + (NOON + HOUR) + " 0");
    }

    @Test
    void shouldStayOpenWhileItsLeadIsRetriedAndBeMissedOnceThatEnds() throws Exception {
        KeptCallback made = promise(NOON + 1, null);
        ends(made, Outcome.NO_ANSWER, new LeadNext.RetryAt(NOON + HOUR, null));
        assertThat(bobsRow()).isEqualTo("NEW " + (NOON + HOUR) + " " + made.id());
        assertThat(stateOf(made)).isEqualTo(State.OPEN);

        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM attempt"));
        ends(made, Outcome.NO_ANSWER, new LeadNext.Done());
        assertThat(stateOf(made)).isEqualTo(State.MISSED);
        assertThat(bobsRow()).isEqualTo("DONE 0 0");
    }

    @Test
    void shouldBeMissedWhenNoRuleWillEverPermitIt() throws Exception {
        KeptCallback made = promise(NOON + 1, null);
        set("status = 'LEASED', lease_node = 'a'");
        Refusal forGood =
                new Refusal(new Verdict.Refused(RuleId.OPTOUT, "on the list", "api:ann", Verdict.Refused.NEVER), NOON);
        store.write(List.of(new Effect.LeadSettled(new LeadId(bob), new LeadNext.RefusedForGood(forGood))));
        assertThat(stateOf(made)).isEqualTo(State.MISSED);
    }

    private void ends(KeptCallback callback, Outcome outcome, LeadNext next) throws Exception {
        set("status = 'LEASED', lease_node = 'a'");
        new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(1, bob, BOB, NOON)));
        Effect.AttemptEnded plain = Fixtures.ended(1, bob, outcome, ANN, next);
        store.write(List.of(new Effect.AttemptEnded(
                Fixtures.connectedAt(plain.call(), outcome == Outcome.CONNECTED ? NOON + 25 : 0),
                next,
                callback.id())));
    }

    private @Nullable State stateOf(KeptCallback callback) throws Exception {
        KeptCallback now = desk.find(callback.id());
        return now == null ? null : now.state();
    }

    private Effect.CallbackMade made(long due, boolean settled, long at) {
        return new Effect.CallbackMade(new LeadId(bob), BEA, due, 1, "agent:bea", null, settled, at);
    }

    @Test
    void shouldWriteWhatAgentsPromiseOnceAndLetTheLastWordStand() throws Exception {
        set("status = 'DONE'");
        KeptCallback before = promise(NOON + HOUR, null);
        List<Effect.Entry> batch =
                List.of(new Effect.LeadFinished(new LeadId(bob), false, NOON), made(NOON + 2 * HOUR, false, NOON + 1));
        store.write(batch);
        store.write(batch);
        assertThat(stateOf(before)).isEqualTo(State.CANCELLED);
        assertThat(desk.list(null, "bea", State.OPEN, Long.MAX_VALUE, 9))
                .extracting(KeptCallback::dueAtEpochMillis, KeptCallback::madeBy)
                .containsExactly(tuple(NOON + 2 * HOUR, "agent:bea"));
        assertThat(bobsRow()).startsWith("NEW " + (NOON + 2 * HOUR));

        store.write(List.of(
                made(NOON + 3 * HOUR, false, NOON + 2), new Effect.LeadFinished(new LeadId(bob), false, NOON + 2)));
        assertThat(desk.list(null, null, State.OPEN, Long.MAX_VALUE, 9)).isEmpty();
        assertThat(bobsRow()).isEqualTo("DONE 0 0");
    }

    @Test
    void shouldLetTheNewerPromiseStandWhenTheOlderOneIsWrittenLast() throws Exception {
        set("status = 'DONE'");
        now.set(NOON + 2);
        KeptCallback newer = promise(NOON + HOUR, null);
        store.write(List.of(made(NOON + 2 * HOUR, false, NOON + 1)));

        assertThat(desk.list(null, null, State.OPEN, Long.MAX_VALUE, 9)).containsExactly(newer);
        assertThat(desk.list(null, "bea", State.CANCELLED, Long.MAX_VALUE, 9)).hasSize(1);
        assertThat(bobsRow()).isEqualTo("NEW " + (NOON + HOUR) + " " + newer.id());
    }

    @Test
    void shouldNotOpenAnOlderPromiseWhenTheNewerOneWasTakenBack() throws Exception {
        set("status = 'DONE'");
        now.set(NOON + 2);
        assertThat(desk.cancel(promise(NOON + HOUR, null), "api:boss")).isTrue();
        store.write(List.of(made(NOON + 2 * HOUR, false, NOON + 1)));

        assertThat(desk.list(null, null, State.OPEN, Long.MAX_VALUE, 9)).isEmpty();
        assertThat(bobsRow()).isEqualTo("DONE 0 0");
    }

    @Test
    void shouldEndBothPromisesOfALeadWhenAnEarlierVersionLeftTwoOpen() throws Exception {
        store.write(List.of(made(NOON + 2 * HOUR, false, NOON + 1)));
        store.write(List.of(made(NOON + HOUR, false, NOON + 2)));
        database.jdbi().useHandle(handle -> handle.execute("UPDATE callback SET state = 'OPEN'"));

        store.write(List.of(new Effect.LeadFinished(new LeadId(bob), false, NOON + 3)));

        assertThat(desk.list(null, null, State.OPEN, Long.MAX_VALUE, 9)).isEmpty();
        assertThat(bobsRow()).isEqualTo("DONE 0 0");
    }

    @Test
    void shouldLeaveALeadOnTheLineToItsCall() throws Exception {
        set("status = 'LEASED', lease_node = 'a'");
        store.write(List.of(made(NOON + HOUR, true, NOON)));
        assertThat(bobsRow()).startsWith("LEASED 0 ");
        KeptCallback made = desk.list(null, null, null, Long.MAX_VALUE, 9).getFirst();
        store.write(List.of(new Effect.LeadSettled(new LeadId(bob), new LeadNext.RetryAt(NOON + HOUR, null))));
        assertThat(bobsRow()).isEqualTo("NEW " + (NOON + HOUR) + " " + made.id());
    }

    @Test
    void shouldGiveTheLeadBackAsItWasWhenItIsCancelled() throws Exception {
        set("status = 'DONE'");
        promise(NOON + HOUR, null);
        now.addAndGet(1);
        KeptCallback second = promise(NOON + 2 * HOUR, null);
        assertThat(desk.cancel(second, "api:boss")).isTrue();
        assertThat(desk.cancel(second, "api:boss")).isFalse();
        assertThat(bobsRow()).isEqualTo("DONE 0 0");
        assertThat(List.of(engine.next(), engine.next(), engine.next()))
                .endsWith(new Event.CallbackCancelled(SPRING, new LeadId(bob), new LeadNext.Done()));

        set("status = 'NEW'");
        now.addAndGet(1);
        assertThat(desk.cancel(promise(NOON + HOUR, null), "api:boss")).isTrue();
        assertThat(bobsRow()).isEqualTo("NEW 0 0");
    }

    @Test
    void shouldListByCampaignAgentAndStateInPages() throws Exception {
        KeptCallback first = promise(NOON + HOUR, "ann");
        now.addAndGet(1);
        KeptCallback second = promise(NOON + HOUR, null);
        assertThat(desk.list("spring", null, null, Long.MAX_VALUE, 1)).containsExactly(second);
        assertThat(desk.list("spring", null, null, second.id(), 1))
                .extracting(KeptCallback::id)
                .containsExactly(first.id());
        assertThat(desk.list("autumn", null, null, Long.MAX_VALUE, 9)).isEmpty();
        assertThat(desk.list(null, "ann", State.OPEN, Long.MAX_VALUE, 9)).isEmpty();
        assertThat(desk.list(null, "ann", State.CANCELLED, Long.MAX_VALUE, 9)).hasSize(1);
    }

    @Test
    void shouldCountHowManyWereKeptOnTime() throws Exception {
        KeptCallback kept = promise(NOON + 1, null);
        ends(kept, Outcome.CONNECTED, new LeadNext.Done());
        database.jdbi().useHandle(handle -> {
            for (int i = 1; i <= 4; i++) {
                handle.execute(
                        "INSERT INTO callback (lead_id, campaign, e164, due_at, made_by, made_at, state, done_call,"
                                + " done_at, lead_attempts, lead_status) VALUES (0, 'spring', 1, " + (NOON + i * HOUR)
                                + ", 'x', "
                                + i + ", '"
                                + List.of("DONE", "MISSED", "OPEN", "OPEN").get(i - 1) + "', 1, "
                                + (NOON + i * HOUR + 1_001) + ", 0, 'NEW')");
            }
        });
        now.set(NOON + 3 * HOUR + 1_001); // the third is late, the fourth is to come
        try (CallbackWatch watch = new CallbackWatch(
                database,
                () -> Map.of("spring", 1_000L, "autumn", 5L),
                now::get,
                new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            watch.poll();
            assertThat(watch.figures())
                    .isEqualTo(Map.of(
                            "spring",
                            new CallbackFigures(2, 1, 2, 1, 1),
                            "autumn",
                            new CallbackFigures(0, 0, 0, 0, 0)));
            assertThat(new CallbackFigures(2, 1, 2, 1, 1).onTimeRatio()).isEqualTo(0.25);
        }
    }

    @Test
    void shouldKeepThePromiseWhenCallsWereInterrupted() throws Exception {
        set("attempts = 5");
        KeptCallback made = promise(NOON + 1, null);
        set("status = 'LEASED', lease_node = 'a'");
        new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(1, bob, BOB, NOON)));
        RetryPlan plan = new RetryPlan(2, Map.of(Outcome.INTERRUPTED, 7L));
        new Recovery(database, now::get, _ -> plan).recover("a");
        assertThat(bobsRow()).isEqualTo("NEW " + (NOON + 7) + " " + made.id());

        set("status = 'LEASED', lease_node = 'a'");
        new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(2, bob, BOB, NOON)));
        new Recovery(database, now::get, _ -> plan).recover("a");
        assertThat(stateOf(made)).as("our own fault is no try").isEqualTo(State.OPEN);
        assertThat(bobsRow()).isEqualTo("NEW " + (NOON + 14) + " " + made.id());
    }
}
