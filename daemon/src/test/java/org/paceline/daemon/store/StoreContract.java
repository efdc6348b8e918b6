package org.paceline.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.ended;
import static org.paceline.daemon.Fixtures.lead;
import static org.paceline.daemon.Fixtures.priced;
import static org.paceline.daemon.Fixtures.spentAndReserved;
import static org.paceline.daemon.Fixtures.value;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.attempts.AttemptTable;
import org.paceline.daemon.attempts.SqlAttemptJournal;
import org.paceline.daemon.calls.RecordingTable;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.donotcall.DoNotCallTable;
import org.paceline.daemon.leads.HeldLeads;
import org.paceline.daemon.leads.LeadStatus;
import org.paceline.daemon.leads.LeadTable;
import org.paceline.daemon.leads.RefusedLead;
import org.paceline.daemon.leads.RefusedLeads;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.Refusal;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/** What the store promises, on any database. */
abstract class StoreContract extends DatabaseContract {
    private static final long BOB = 13055550123L;
    private static final AgentId ANN = new AgentId("ann");
    private static final long REFUSED_AT = NOON + 99;
    private static final Refusal QUIET =
            new Refusal(new Verdict.Refused(RuleId.WINDOW_QUIET, "noon rest", "policy x", NOON + 9_000), REFUSED_AT);
    private static final Refusal NEVER = new Refusal(
            new Verdict.Refused(RuleId.WINDOW_QUIET, "noon rest", "policy x", Verdict.Refused.NEVER), REFUSED_AT);

    private final HeldLeads held = new HeldLeads();
    private SqlStore store;
    private AttemptTable attempts;
    private RefusedLeads refused;
    private long lead;

    @BeforeEach
    void leaseALead() {
        store = new SqlStore(database, "a", held);
        attempts = new AttemptTable(database);
        refused = new RefusedLeads(database);
        lead = lead(database, SPRING, BOB, "a");
        held.add(new LeadId(lead));
    }

    private void journal(long call) throws Exception {
        assertThat(new SqlAttemptJournal(database, "a", 1).append(List.of(attempt(call, lead, BOB, NOON))))
                .containsOnlyNulls();
    }

    private static Disposition said(String name) {
        return new Disposition(name, Disposition.Meaning.SUCCESS);
    }

    private String leadColumns(String columns) {
        return value(database, "SELECT " + columns + " FROM lead WHERE id = " + lead);
    }

    @Test
    void shouldCountTheTrunksFaultsApart() throws Exception {
        journal(1);
        LeadNext later = new LeadNext.RetryAt(NOON + 60_000, null);
        store.write(List.of(ended(1, lead, Outcome.TRUNK_FAILED, null, later)));
        assertThat(leadColumns("status || ' ' || attempts || ' ' || faults")).isEqualTo("NEW 1 1");
        assertThat(value(database, "SELECT fault FROM attempt")).isEqualTo("TRUNK");
    }

    @Test
    void shouldEndAttemptAndLeadTogether() throws Exception {
        journal(1);
        store.write(List.of(ended(1, lead, Outcome.CONNECTED, ANN, new LeadNext.Done())));
        assertThat(value(
                        database,
                        "SELECT outcome || ' ' || sip_status || ' ' || agent || ' ' || ended_at FROM attempt"))
                .isEqualTo("CONNECTED 200 ann " + (NOON + 30));
        assertThat(leadColumns("status || ' ' || attempts || ' ' || last_outcome"))
                .isEqualTo("DONE 1 CONNECTED");
        assertThat(held.contains(new LeadId(lead))).isFalse();
        assertThat(attempts.countByOutcome()).isEqualTo(Map.of("spring", Map.of(Outcome.CONNECTED, 1L)));
        assertThat(attempts.agentDaySince(ANN, NOON)).isEqualTo(new AgentDay(1, 0, 0));
        assertThat(attempts.agentDaySince(ANN, NOON + 1)).isEqualTo(AgentDay.NONE);
        assertThat(attempts.inFlight()).isZero();
    }

    @Test
    void shouldGiveALeadBackAsItWas() throws Exception {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET not_before = 77, attempts = 3"));
        store.write(List.of(new Effect.LeadSettled(new LeadId(lead), new LeadNext.Untouched())));
        assertThat(leadColumns("status || ' ' || not_before || ' ' || attempts"))
                .isEqualTo("NEW 77 3");
        assertThat(held.contains(new LeadId(lead))).isFalse();
    }

    @Test
    void shouldCountTheLoadOfAnAgentsDay() throws Exception {
        journal(1);
        journal(2);
        store.write(List.of(ended(1, lead, Outcome.CONNECTED, ANN, new LeadNext.Done())));
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE attempt SET connected_at = ended_at - 30000" + " WHERE call_id = 1"));
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE attempt SET charged_agent = 'ann' WHERE call_id = 2"));
        assertThat(attempts.agentDaySince(ANN, NOON)).isEqualTo(new AgentDay(2, 1, 30_000));
    }

    @Test
    void shouldSettleWhatWasReservedOnceWhenABatchIsGivenAgain() throws Exception {
        AttemptJournal journal = new SqlAttemptJournal(database, "a", 1);
        journal.append(List.of(
                priced(attempt(1, lead, BOB, NOON), 60, 100), priced(attempt(2, lead + 1, BOB + 1, NOON), 40, 100)));
        List<Effect.Entry> batch = List.of(ended(
                1, lead, Outcome.CONNECTED, ANN, new LeadNext.Done(), new CallCost("campaign:spring", 202611, 60, 75)));
        store.write(batch);
        store.write(batch);
        assertThat(spentAndReserved(database)).isEqualTo("75+40");
        assertThat(value(database, "SELECT cost_micros FROM attempt WHERE call_id = 1"))
                .isEqualTo("75");
    }

    @Test
    void shouldCountAnAttemptOnceWhenABatchIsGivenAgain() throws Exception {
        journal(1);
        List<Effect.Entry> batch = List.of(
                ended(1, lead, Outcome.BUSY, new LeadNext.RetryAt(NOON + 5_000, null)),
                new Effect.AgentChanged(ANN, AgentState.PAUSED, "lunch", null, NOON),
                new Effect.SignedIn(ANN, Set.of(SPRING), NOON),
                new Effect.LimitPassed(ANN, Limit.TALK, new CallId(1), NOON),
                new Effect.CallDisposed(new CallId(1), ANN, said("sale"), NOON),
                new Effect.CallNoted(new CallId(1), 1, "agent:ann", "asks", NOON),
                new Effect.RecordingKept(new CallId(1), new RecordingFile("a.wav", 44, 0, true), 9),
                new Effect.OptedOut(BOB, new OptOut("sip:607", null, Long.MAX_VALUE), NOON));
        store.write(batch);
        store.write(batch);
        assertThat(leadColumns("status || ' ' || attempts || ' ' || not_before"))
                .isEqualTo("NEW 1 " + (NOON + 5_000));
        for (String table : List.of(
                "agent_event",
                "agent_limit",
                "agent_session",
                "call_disposition",
                "call_note",
                "recording",
                "do_not_call")) {
            assertThat(value(database, "SELECT COUNT(*) FROM " + table))
                    .as(table)
                    .isEqualTo("1");
        }
        assertThat(RecordingTable.count(database)).isEqualTo(1);
        assertThat(new DoNotCallTable(database).of(BOB)).hasSize(1);
    }

    @Test
    void shouldEndALeadThatWentOnBeforeItsFinalWord() throws Exception {
        journal(1);
        store.write(List.of(
                new Effect.LeadFinished(new LeadId(lead), false, NOON),
                ended(1, lead, Outcome.CONNECTED, ANN, new LeadNext.RetryAt(NOON + 5_000, null)),
                new Effect.CallDisposed(new CallId(1), ANN, said("sale"), NOON)));
        assertThat(leadColumns("status || ' ' || attempts || ' ' || last_outcome"))
                .isEqualTo("DONE 1 CONNECTED");
        assertThat(value(database, "SELECT disposition || ' ' || meaning FROM call_disposition"))
                .isEqualTo("sale SUCCESS");
        store.write(List.of(new Effect.LeadFinished(new LeadId(lead), false, NOON)));
        assertThat(leadColumns("status")).isEqualTo("DONE");
    }

    @Test
    void shouldOpenOneCaseOfACallThatAnAgentSaysWasComplainedOn() throws Exception {
        journal(1);
        Disposition complaint = new Disposition("complaint", Disposition.Meaning.COMPLAINT);
        List<Effect.Entry> batch = List.of(
                new Effect.CallDisposed(new CallId(1), ANN, complaint, NOON),
                new Effect.CallDisposed(new CallId(1), ANN, complaint, NOON + 1),
                new Effect.CallDisposed(new CallId(2), ANN, said("sale"), NOON));
        store.write(batch);
        store.write(batch);
        assertThat(
                        value(
                                database,
                                "SELECT e164 || ' ' || campaign || ' ' || call_id || ' ' || lead_id || ' ' || entered_at || ' ' ||"
                                        + " entered_by || ' ' || owner || ' ' || due_at || ' ' || text || ' ' || state FROM complaint"))
                .isEqualTo(BOB + " spring 1 " + lead + " " + NOON + " agent:ann supervisors " + (NOON + 48 * 3_600_000L)
                        + " disposition complaint OPEN");
    }

    @Test
    void shouldKeepWhatCallsAreAboutOnlyWhereItChanges() throws Exception {
        store.write(List.of(
                new Effect.MatterSet(SPRING, null, NOON),
                new Effect.MatterSet(SPRING, "renewal", NOON + 1),
                new Effect.MatterSet(SPRING, "renewal", NOON + 2),
                new Effect.MatterSet(SPRING, null, NOON + 3)));
        store.write(List.of(new Effect.MatterSet(SPRING, null, NOON + 4)));
        assertThat(value(database, "SELECT COUNT(*) || ' ' || MIN(since) || ' ' || MAX(since) FROM campaign_matter"))
                .isEqualTo("2 " + (NOON + 1) + " " + (NOON + 3));
    }

    @Test
    void shouldKeepWhyALeadWasRefused() throws Exception {
        store.write(List.of(new Effect.LeadSettled(new LeadId(lead), new LeadNext.RetryAt(NOON + 9_000, QUIET))));
        assertThat(leadColumns("status || ' ' || not_before || ' ' || refusal_rule || ' ' || refusal_reason || ' '"
                        + " || refusal_citation || ' ' || refused_at || ' ' || attempts"))
                .isEqualTo("NEW " + (NOON + 9_000) + " window.quiet noon rest policy x " + (NOON + 99) + " 0");
        assertThat(refused.byRule(SPRING)).isEqualTo(Map.of("window.quiet", 1L));
    }

    private List<RefusedLead> refusedLeads(long beforeEpochMillis, long beforeLead, int most) {
        return refused.last(
                SPRING,
                beforeEpochMillis,
                beforeLead,
                most,
                e164 -> Long.toString(e164).substring(1));
    }

    @Test
    void shouldShowRefusedLeadsLatestFirst() throws Exception {
        long second = lead(database, SPRING, BOB + 1, "a");
        lead(database, SPRING, BOB + 2, null);
        store.write(List.of(
                new Effect.LeadSettled(new LeadId(lead), new LeadNext.RetryAt(NOON + 9_000, QUIET)),
                new Effect.LeadSettled(new LeadId(second), new LeadNext.RefusedForGood(NEVER))));
        List<RefusedLead> first = refusedLeads(Long.MAX_VALUE, Long.MAX_VALUE, 1);
        assertThat(first).containsExactly(refusedLead(second, "3055550124", NEVER));
        assertThat(refusedLeads(REFUSED_AT, second, 5)).containsExactly(refusedLead(lead, "3055550123", QUIET));
        assertThat(refusedLeads(REFUSED_AT, lead, 5)).isEmpty();
    }

    private static RefusedLead refusedLead(long lead, String number, Refusal refusal) {
        Verdict.Refused verdict = refusal.verdict();
        return new RefusedLead(
                lead,
                number,
                verdict.rule().text(),
                verdict.reason(),
                verdict.citation(),
                refusal.atEpochMillis(),
                verdict.retryAtEpochMillis());
    }

    @Test
    void shouldShowTheRuleAsStoredWhenThisVersionDoesNotKnowIt() throws Exception {
        store.write(List.of(new Effect.LeadSettled(new LeadId(lead), new LeadNext.RetryAt(NOON + 9_000, QUIET))));
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET refusal_rule = 'moon.full'"));
        assertThat(refusedLeads(Long.MAX_VALUE, Long.MAX_VALUE, 5))
                .extracting(RefusedLead::rule)
                .containsExactly("moon.full");
        assertThat(refused.byRule(SPRING)).isEqualTo(Map.of("moon.full", 1L));
    }

    @Test
    void shouldTakeOutALeadRefusedForGood() throws Exception {
        store.write(List.of(new Effect.LeadSettled(new LeadId(lead), new LeadNext.RefusedForGood(NEVER))));
        assertThat(new LeadTable(database).countByStatus(SPRING))
                .containsEntry(LeadStatus.REFUSED, 1L)
                .containsEntry(LeadStatus.LEASED, 0L);
    }

    @Test
    void shouldLetGoOfALeadWhoseAttemptWasNeverRecorded() throws Exception {
        store.write(List.of(ended(7, lead, Outcome.CANCELLED, new LeadNext.RetryAt(NOON, null))));
        assertThat(leadColumns("status || ' ' || attempts")).isEqualTo("NEW 0");
    }

    @Test
    void shouldNotTouchALeadThatAnotherNodeHas() throws Exception {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE lead SET lease_node = 'b'"));
        store.write(List.of(new Effect.LeadSettled(new LeadId(lead), new LeadNext.Done())));
        assertThat(leadColumns("status")).isEqualTo("LEASED");
    }

    @Test
    void shouldNotStopAtATextThatTheDatabaseRefuses() throws Exception {
        store.write(List.of(
                new Effect.AgentChanged(ANN, AgentState.PAUSED, "lu\0nch", null, NOON),
                new Effect.CallDisposed(new CallId(1), ANN, said("sa\0le"), NOON),
                new Effect.CallNoted(new CallId(1), 1, "agent:ann", "a\0sks", NOON),
                new Effect.CallNoted(new CallId(1), 2, "agent:ann", "\u20AC".repeat(2_001), NOON),
                new Effect.OptedOut(BOB, new OptOut("sip:\0", null, Long.MAX_VALUE), NOON)));
        assertThat(value(database, "SELECT disposition FROM call_disposition")).isEqualTo("sa\uFFFDle");
        assertThat(value(database, "SELECT text FROM call_note WHERE number = 1"))
                .isEqualTo("a\uFFFDsks");
        assertThat(value(database, "SELECT text FROM call_note WHERE number = 2"))
                .isEqualTo("\u20AC".repeat(2_000));
        assertThat(value(database, "SELECT reason FROM agent_event")).isEqualTo("lu\uFFFDnch");
        assertThat(value(database, "SELECT source FROM do_not_call")).isEqualTo("sip:\uFFFD");
    }

    @Test
    void shouldKeepTheLastWordOnACall() throws Exception {
        store.write(List.of(
                new Effect.CallDisposed(new CallId(1), ANN, said("call back"), NOON),
                new Effect.CallDisposed(new CallId(1), ANN, said("sale"), NOON + 1)));
        assertThat(value(database, "SELECT disposition FROM call_disposition")).isEqualTo("sale");
    }
}
