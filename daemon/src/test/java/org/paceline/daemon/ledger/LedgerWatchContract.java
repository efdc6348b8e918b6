package org.paceline.daemon.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.AnsweredCalls;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.PolicyLibrary;

/** What the engine hears of calls that it did not see, on any database. */
abstract class LedgerWatchContract extends DatabaseContract {
    private static final long DAY = 86_400_000;

    private final Heard heard = new Heard();
    private final List<CampaignSettings> campaigns = new ArrayList<>(List.of(spring("uk-ofcom")));

    private LedgerWatch watch() {
        return new LedgerWatch(
                database,
                new LedgerWatch.Node("a", 2, ZoneOffset.UTC),
                () -> campaigns,
                heard,
                () -> NOON,
                new PeriodicWorkers(ThreadWatch.endingTheProcess()));
    }

    @Test
    void shouldTellOfEarlierRunsWithinTheWindow() throws Exception {
        call(1, 1, NOON - 2 * DAY, Outcome.ABANDONED, true);
        call(2, 1, NOON - 3_600_000, Outcome.CONNECTED, true);
        call(3, 1, NOON - 3_600_000, Outcome.ABANDONED, false);
        call(4, 1, NOON - 3_600_000, Outcome.MACHINE, false);
        call(5, 1, NOON - 3_600_000, Outcome.NO_ANSWER, false);
        call(6, 2, NOON - 60_000, Outcome.CONNECTED, true);
        watch().poll();
        assertThat(heard.next())
                .isEqualTo(new Event.AnswersElsewhere(SPRING, List.of(new AnsweredCalls(NOON - 3_600_000, 2, 1, 1))));
    }

    @Test
    void shouldTellAnewOnlyWhenWindowsGrowOrAnotherNodeAnswers() throws Exception {
        LedgerWatch watch = watch();
        watch.poll();
        assertThat(heard.next()).isEqualTo(new Event.AnswersElsewhere(SPRING, List.of()));
        call(1, 1, NOON - 2 * DAY, Outcome.ABANDONED, true);
        watch.poll();
        assertThat(heard.isEmpty()).isTrue();

        campaigns.set(0, spring("us-federal"));
        watch.poll();
        assertThat(heard.next()).isInstanceOf(Event.AnswersElsewhere.class);
        call(2, 3, NOON - 5, Outcome.CONNECTED, true);
        watch.poll();
        assertThat(heard.isEmpty()).isTrue();
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO node (name, run, lease_until) VALUES ('b', 3, " + (NOON + 1_000) + ")"));
        watch.poll();
        assertThat(((Event.AnswersElsewhere) heard.next()).calls()).hasSize(2);
    }

    @Test
    void shouldTellWhatOtherRunsAndNodesTookOfTheMonthsBudget() throws Exception {
        LedgerWatch watch = watch();
        watch.poll();
        assertThat(heard.next()).isInstanceOf(Event.AnswersElsewhere.class);
        spend("campaign:spring", 202609, 1, 500, 60);
        spend("campaign:spring", 202609, 2, 7, 7);
        spend("campaign:spring", 202608, 1, 9, 9);
        spend("campaign:autumn", 202609, 1, 9, 9);
        watch.poll();
        assertThat(heard.next()).isEqualTo(new Event.SpentElsewhere(new Spent("campaign:spring", 202609, 500, 60)));
        watch.poll();
        assertThat(heard.isEmpty()).isTrue();
        spend("campaign:spring", 202609, 3, 0, 40);
        watch.poll();
        assertThat(heard.next()).isEqualTo(new Event.SpentElsewhere(new Spent("campaign:spring", 202609, 500, 100)));
    }

    private void spend(String holder, int month, long run, long spent, long reserved) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO budget VALUES (?, ?, ?, ?, ?)", holder, month, run, spent, reserved));
    }

    private void call(long call, long run, long endedAt, Outcome outcome, boolean isAnswered) {
        database.jdbi()
                .useHandle(handle -> handle.execute("INSERT INTO attempt (call_id, lead_id, campaign, e164, node, run,"
                        + " trunk, caller_id, planned_at, answered_at, ended_at, outcome) VALUES (" + call
                        + ", 1, 'spring', 13055550123, 'a', " + run + ", 'carrier', 1, " + (endedAt - 9) + ", "
                        + (isAnswered ? "" + (endedAt - 5) : "NULL") + ", " + endedAt + ", '" + outcome + "')"));
    }

    private static CampaignSettings spring(String policy) {
        return new CampaignSettings(
                SPRING,
                new CampaignApproval(ApprovalState.RUNNING, 0, Long.MAX_VALUE),
                RuleBooks.compile(
                        List.of(java.util.Objects.requireNonNull(
                                PolicyLibrary.builtIn().policy(policy))),
                        CampaignRules.none()),
                new RetryPlan(1, Map.of()),
                new PacingSettings(DialMode.RATIO, 2, 10),
                Budget.unlimited("campaign:spring"),
                CallerIdPlan.fixed(1),
                List.of(new TrunkId("carrier")),
                20_000,
                AgentTerms.wrapUp(10_000),
                CallTerms.FREE,
                AgentDemands.NONE,
                RecordingDirective.NEVER,
                null,
                null,
                null);
    }
}
