package org.paceline.daemon.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.lead;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.store.SqlStore;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;

/** What is promised of exported calls, on any database. */
abstract class CallExportContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final AgentId ANN = new AgentId("ann");
    private static final CallExport.Order ALL = new CallExport.Order(null, 0, Long.MAX_VALUE, false);

    private CallExport export;
    private SqlStore store;

    @BeforeEach
    void openExport() {
        export = new CallExport(database);
        store = new SqlStore(database, "a", new HeldLeads());
    }

    @Test
    void shouldTellEveryColumnOfATalk() throws Exception {
        long lead = lead(database, SPRING, BOB, null);
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET grade = 'A, old'"));
        dialled(6, SPRING, lead, NOON - 86_400_000);
        dialled(7, SPRING, lead, NOON);
        talked(7, SPRING, NOON, 61_250);
        states(7, NOON + 61_270, AgentState.WRAP_UP);
        store.write(List.of(
                new Effect.AgentChanged(ANN, AgentState.WRAP_UP, "serves all campaigns", new CallId(7), NOON + 62_000),
                new Effect.AgentChanged(ANN, AgentState.READY, null, null, NOON + 73_770),
                new Effect.AgentChanged(ANN, AgentState.RESERVED, null, new CallId(8), NOON + 80_000),
                new Effect.AgentChanged(ANN, AgentState.PAUSED, "lunch", null, NOON + 90_000)));

        List<CSVRecord> rows = rows(ALL);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("attempt")).isEqualTo("1");
        assertThat(rows.get(1).toMap())
                .containsEntry("call", "7")
                .containsEntry("campaign", "spring")
                .containsEntry("segment", "A, old")
                .containsEntry("number", "+1305*****23")
                .containsEntry("kind", "fixed-line-or-mobile")
                .containsEntry("attempt", "2")
                .containsEntry("planned", time(NOON))
                .containsEntry("dialled", time(NOON + 5))
                .containsEntry("ringing", time(NOON + 10))
                .containsEntry("answered", time(NOON + 15))
                .containsEntry("connected", time(NOON + 20))
                .containsEntry("ended", time(NOON + 61_270))
                .containsEntry("outcome", "CONNECTED")
                .containsEntry("agent", "ann")
                .containsEntry("talkSeconds", "61.250")
                .containsEntry("wrapUpSeconds", "12.500");
        assertThat(rows.get(1).getParser().getHeaderNames()).isEqualTo(CallExport.COLUMNS);
    }

    @Test
    void shouldTellTheSegmentOrElseTheGrade() throws Exception {
        dialled(1, SPRING, lead(database, SPRING, BOB, null), NOON);
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET grade = 'A', segment = 'web form'"));
        dialled(2, SPRING, lead(database, SPRING, BOB + 1, null), NOON + 1);
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET grade = 'B' WHERE segment IS NULL"));
        assertThat(column(ALL, "segment")).containsExactly("web form", "B");
    }

    @Test
    void shouldLeaveEmptyWhatNeverHappened() throws Exception {
        dialled(7, SPRING, lead(database, SPRING, BOB, null), NOON);
        assertThat(rows(ALL).getFirst().toMap())
                .containsEntry("planned", time(NOON))
                .containsEntry("dialled", "")
                .containsEntry("ended", "")
                .containsEntry("outcome", "")
                .containsEntry("segment", "")
                .containsEntry("agent", "")
                .containsEntry("talkSeconds", "")
                .containsEntry("wrapUpSeconds", "");
    }

    @Test
    void shouldTellNoWrapUpThatLastsOrThatThereWasNot() throws Exception {
        dialled(1, SPRING, lead(database, SPRING, BOB, null), NOON);
        talked(1, SPRING, NOON, 10_000);
        store.write(List.of(new Effect.AgentChanged(ANN, AgentState.READY, null, null, NOON + 10_020)));
        dialled(2, SPRING, lead(database, SPRING, BOB + 1, null), NOON + 20_000);
        talked(2, SPRING, NOON + 20_000, 10_000);
        states(2, NOON + 30_020, AgentState.WRAP_UP);

        assertThat(column(ALL, "wrapUpSeconds")).containsExactly("", "");
    }

    @Test
    void shouldTakeTheCallsOfACampaignAndATimeTheEarliestFirst() throws Exception {
        dialled(3, SPRING, lead(database, SPRING, BOB, null), NOON + 10);
        dialled(2, AUTUMN, lead(database, AUTUMN, BOB + 1, null), NOON);
        dialled(1, SPRING, lead(database, SPRING, BOB + 2, null), NOON);

        assertThat(column(ALL, "call")).containsExactly("1", "2", "3");
        assertThat(column(new CallExport.Order("spring", 0, Long.MAX_VALUE, false), "call"))
                .containsExactly("1", "3");
        assertThat(column(new CallExport.Order(null, NOON, NOON + 10, false), "call"))
                .containsExactly("1", "2");
        assertThat(column(new CallExport.Order(null, NOON + 10, NOON + 11, true), "number"))
                .containsExactly("+" + BOB);
    }

    @Test
    void shouldLoseNoCallBetweenPages() throws Exception {
        int calls = 12_345;
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run, trunk, caller_id, planned_at)"
                                + " SELECT n, 0, 'spring', " + BOB + " + n, 'a', 1, 'carrier', 0, " + NOON
                                + " + n / 1000 FROM (SELECT * FROM generate_series(1, " + calls + ")) AS s(n)"));
        List<Long> heard = new ArrayList<>();
        StringBuilder text = new StringBuilder();

        assertThat(export.write(ALL, text, heard::add)).isEqualTo(calls);
        assertThat(heard).containsExactly(5_000L, 10_000L, 12_345L);
        assertThat(text.toString()
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .distinct())
                .hasSize(calls);
    }

    private void dialled(long id, CampaignId campaign, long lead, long at) throws Exception {
        long e164 = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT e164 FROM lead WHERE id = :id")
                        .bind("id", lead)
                        .mapTo(Long.class)
                        .one());
        assertThat(new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(campaign, id, lead, e164, at))))
                .containsOnlyNulls();
    }

    /** A talk that begins 20 ms after the plan. */
    private void talked(long id, CampaignId campaign, long at, long millis) throws Exception {
        CallDetails details = new CallDetails(
                new CallId(id),
                new LeadId(1),
                campaign,
                Outcome.CONNECTED,
                CallCause.ofStatus(200),
                ANN,
                at + 5,
                at + 10,
                at + 15,
                at + 20,
                at + 20 + millis,
                -1,
                Greeting.NONE,
                null,
                null);
        store.write(List.of(
                new Effect.AgentChanged(ANN, AgentState.RESERVED, null, new CallId(id), at + 15),
                new Effect.AgentChanged(ANN, AgentState.TALKING, null, new CallId(id), at + 20),
                new Effect.AttemptEnded(details, new LeadNext.Done())));
    }

    private void states(long call, long at, AgentState state) throws Exception {
        store.write(List.of(new Effect.AgentChanged(ANN, state, null, new CallId(call), at)));
    }

    private List<String> column(CallExport.Order order, String name) throws IOException {
        return rows(order).stream().map(row -> row.get(name)).toList();
    }

    private List<CSVRecord> rows(CallExport.Order order) throws IOException {
        StringBuilder text = new StringBuilder();
        export.write(order, text, _ -> {});
        return CSVParser.parse(
                        text.toString(),
                        CSVFormat.DEFAULT
                                .builder()
                                .setHeader()
                                .setSkipHeaderRecord(true)
                                .get())
                .getRecords();
    }

    private static @Nullable String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
