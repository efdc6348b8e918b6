package org.paceline.daemon.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.lead;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;

/** What is promised of kept calls, on any database. */
abstract class CallArchiveContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final AgentId ANN = new AgentId("ann");
    private static final CallArchive.Filter ANY = new CallArchive.Filter(null, null, 0, Long.MAX_VALUE, null);

    private CallArchive archive;
    private SqlStore store;

    @BeforeEach
    void openArchive() {
        archive = new CallArchive(database);
        store = new SqlStore(database, "a", new HeldLeads(), ComplaintTerms.DEFAULT);
    }

    private long call(long id, CampaignId campaign, long e164, long at) throws Exception {
        long lead = lead(database, campaign, e164, null);
        redial(id, campaign, lead, e164, at);
        return lead;
    }

    private void redial(long id, CampaignId campaign, long lead, long e164, long at) throws Exception {
        assertThat(new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(campaign, id, lead, e164, at))))
                .containsOnlyNulls();
    }

    /** A talk that begins 20 ms after the plan. */
    private void talked(long id, CampaignId campaign, long at, long millis) throws Exception {
        ends(id, campaign, Outcome.CONNECTED, ANN, at, at + 20, at + 20 + millis);
    }

    private void ends(
            long id, CampaignId campaign, Outcome outcome, @Nullable AgentId agent, long at, long connected, long end)
            throws Exception {
        CallDetails details = new CallDetails(
                new CallId(id),
                new LeadId(1),
                campaign,
                outcome,
                CallCause.ofStatus(200),
                agent,
                at + 5,
                at + 10,
                connected == 0 ? 0 : at + 15,
                connected,
                end,
                -1,
                new Greeting(310, 1_420),
                null,
                "v3");
        store.write(List.of(new Effect.AttemptEnded(details, new LeadNext.Done())));
    }

    @Test
    void shouldTellEverythingOfACall() throws Exception {
        store.write(List.of(new Effect.MatterSet(SPRING, "renewal", NOON)));
        long lead = call(7, SPRING, BOB, NOON);
        store.write(List.of(new Effect.MatterSet(SPRING, "another", NOON + 1)));
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET name = 'Bob'"));
        Disposition sale = new Disposition("sale", Disposition.Meaning.SUCCESS);
        Disposition complaint = new Disposition("complaint", Disposition.Meaning.COMPLAINT);
        talked(7, SPRING, NOON, 61_000);
        store.write(List.of(
                new Effect.CallDisposed(new CallId(7), ANN, complaint, NOON),
                new Effect.CallDisposed(new CallId(7), ANN, sale, NOON + 1),
                new Effect.RecordingKept(new CallId(7), new RecordingFile("a.wav", 44, 9, true), 9)));

        assertThat(archive.find(7))
                .isEqualTo(new KeptCall(
                        7,
                        lead,
                        "Bob",
                        BOB,
                        "spring",
                        "renewal",
                        "carrier",
                        13055550100L,
                        new KeptCall.Times(NOON, NOON + 5, NOON + 10, NOON + 15, NOON + 20, NOON + 61_020),
                        "CONNECTED",
                        200,
                        "ann",
                        new KeptCall.Said("sale", "SUCCESS"),
                        "v3",
                        new Greeting(310, 1_420)));
        assertThat(archive.links(7).recordings()).containsExactly(new KeptCall.Recording("a.wav", 44, 9, true));
        assertThat(archive.links(7).complaints()).hasSize(1);
        assertThat(archive.links(7).notes()).isEmpty();
        assertThat(archive.find(8)).isNull();
    }

    @Test
    void shouldShowWordsAsStoredWhenThisVersionDoesNotKnowThem() throws Exception {
        call(7, SPRING, BOB, NOON);
        talked(7, SPRING, NOON, 61_000);
        store.write(List.of(new Effect.CallDisposed(
                new CallId(7), ANN, new Disposition("sale", Disposition.Meaning.SUCCESS), NOON)));
        database.jdbi().useHandle(handle -> {
            handle.execute("UPDATE attempt SET outcome = 'HOLOGRAM'");
            handle.execute("UPDATE call_disposition SET meaning = 'TWICE'");
        });
        assertThat(archive.find(7)).isNotNull().satisfies(call -> {
            assertThat(call.outcome()).isEqualTo("HOLOGRAM");
            assertThat(call.said()).isEqualTo(new KeptCall.Said("sale", "TWICE"));
        });
        StringBuilder exported = new StringBuilder();
        new CallExport(database).write(new CallExport.Order(null, 0, NOON * 2, true), exported, _ -> {});
        assertThat(exported).contains(",HOLOGRAM,");
    }

    @Test
    void shouldShowTheNotesOfTheCallInTheirOrderAndEachOnceWhenABatchIsGivenAgain() throws Exception {
        call(7, SPRING, BOB, NOON);
        call(8, SPRING, BOB + 1, NOON);
        List<Effect.Entry> first = List.of(
                new Effect.CallNoted(new CallId(7), 1, "agent:ann", "asks", NOON),
                new Effect.CallNoted(new CallId(7), 2, "agent:ann", "asks", NOON),
                new Effect.CallNoted(new CallId(8), 1, "agent:bea", "is in a hurry", NOON));
        store.write(first);
        store.write(List.of(new Effect.CallNoted(new CallId(7), 3, "agent:ann", "one\ntwo", NOON - 1)));
        store.write(first);
        assertThat(archive.links(7).notes())
                .containsExactly(
                        new KeptCall.Note(NOON, "agent:ann", "asks"),
                        new KeptCall.Note(NOON, "agent:ann", "asks"),
                        new KeptCall.Note(NOON - 1, "agent:ann", "one\ntwo"));
        assertThat(archive.links(8).notes()).containsExactly(new KeptCall.Note(NOON, "agent:bea", "is in a hurry"));
    }

    @Test
    void shouldTellOfACallUnderWay() throws Exception {
        call(7, SPRING, BOB, NOON);
        assertThat(archive.find(7)).isNotNull().satisfies(call -> {
            assertThat(call.outcome()).isNull();
            assertThat(call.matter()).isNull();
            assertThat(call.greeting()).isEqualTo(Greeting.NONE);
            assertThat(call.times()).isEqualTo(new KeptCall.Times(NOON, 0, 0, 0, 0, 0));
        });
    }

    @Test
    void shouldListByCampaignAgentTimeAndOutcomeInPages() throws Exception {
        call(1, SPRING, BOB, NOON);
        call(2, AUTUMN, BOB + 1, NOON);
        call(3, SPRING, BOB + 2, NOON + 10);
        ends(1, SPRING, Outcome.BUSY, null, NOON, 0, NOON + 30);
        talked(2, AUTUMN, NOON, 1);

        assertThat(ids(ANY, CallArchive.Cursor.LATEST, 2)).containsExactly(3L, 2L);
        assertThat(ids(ANY, new CallArchive.Cursor(NOON, 2), 2)).containsExactly(1L);
        assertThat(ids(new CallArchive.Filter("spring", null, 0, Long.MAX_VALUE, null)))
                .containsExactly(3L, 1L);
        assertThat(ids(new CallArchive.Filter(null, "ann", 0, Long.MAX_VALUE, null)))
                .containsExactly(2L);
        assertThat(ids(new CallArchive.Filter(null, null, NOON + 1, Long.MAX_VALUE, null)))
                .containsExactly(3L);
        assertThat(ids(new CallArchive.Filter(null, null, NOON, NOON + 10, null)))
                .containsExactly(2L, 1L);
        assertThat(ids(new CallArchive.Filter(null, null, 0, Long.MAX_VALUE, Outcome.BUSY)))
                .containsExactly(1L);
    }

    private List<Long> ids(CallArchive.Filter filter) {
        return ids(filter, CallArchive.Cursor.LATEST, 9);
    }

    private List<Long> ids(CallArchive.Filter filter, CallArchive.Cursor before, int most) {
        return archive.list(filter, before, most).stream().map(KeptCall::id).toList();
    }

    @Test
    void shouldCountValidCallsOfTodayNewAndFollowUp() throws Exception {
        long midnight = LocalDate.of(2026, 9, 21)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
        long bob = call(1, SPRING, BOB, midnight - 60_000);
        talked(1, SPRING, midnight - 60_000, 40_000);
        redial(2, SPRING, bob, BOB, midnight); // follows up the talk of yesterday
        talked(2, SPRING, midnight, 30_000);
        call(3, SPRING, BOB + 1, midnight + 1); // too short
        talked(3, SPRING, midnight + 1, 29_999);
        call(4, SPRING, BOB + 2, midnight + 2);
        talked(4, SPRING, midnight + 2, 30_000);
        call(5, AUTUMN, BOB + 3, midnight + 3); // of a list of follow-ups; autumn counts from 5 s on
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE lead SET kind = 'FOLLOW_UP' WHERE campaign = 'autumn'"));
        talked(5, AUTUMN, midnight + 3, 5_000);
        call(6, AUTUMN, BOB + 4, midnight + 4);

        DailyTarget node = new DailyTarget(80, 40, 40, Duration.ofSeconds(30));
        WorkBook book = new WorkBook(
                database,
                ZoneOffset.UTC,
                () -> midnight + 3_600_000,
                node,
                campaign -> campaign.equals(AUTUMN) ? new DailyTarget(9, null, null, Duration.ofSeconds(5)) : node);
        WorkBook.Work work = book.of(ANN);
        assertThat(work.day()).isEqualTo("2026-09-21");
        assertThat(work.campaigns())
                .isEqualTo(Map.of("autumn", new WorkBook.Count(0, 1), "spring", new WorkBook.Count(1, 1)));
        assertThat(work.total()).isEqualTo(new WorkBook.Count(1, 2));
        assertThat(book.of(new AgentId("bea")).total()).isEqualTo(new WorkBook.Count(0, 0));
    }
}
