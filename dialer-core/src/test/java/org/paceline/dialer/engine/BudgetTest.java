package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.rules.Budget;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;

/** Money from the plan of a call to its end. The story begins on 2026-11-18; a call reserves 3 minutes, which is 0.30. */
class BudgetTest {
    private static final Tariff.Rate DIME_A_MINUTE = new Tariff.Rate(100_000, 0, 6_000, 6_000);
    private static final long RESERVED = 300_000;
    private static final String SPRING = "campaign:spring";
    private static final int NOVEMBER = 202611;

    private final Story story = new Story();

    @BeforeEach
    void givenATrunkWithATariff() {
        story.tariff = new Tariff(Map.of(1L, DIME_A_MINUTE, 1900L, new Tariff.Rate(1_000_000, 0, 60_000, 60_000)));
        story.givenTrunk(100, 1_000);
    }

    private Story givenBudget(String holder, long limitMicros) {
        story.budget = new Budget(holder, limitMicros, 180_000, "spring.yaml");
        CampaignRules rules = CampaignRules.none().withBudget(story.budget);
        story.rules.judging(RuleBooks.compile(List.of(), rules)::judge);
        return story.givenCampaign(DialMode.PROGRESSIVE, 1);
    }

    private Snapshot.Budget budget() {
        return java.util.Objects.requireNonNull(story.campaign().budget());
    }

    private CallCost costOf(CallId call) {
        return java.util.Objects.requireNonNull(story.ended(call).call().cost());
    }

    @Test
    void shouldPlaceNoMoreCallsThanTheBudgetPaysForAndGoOnWhenOneCostLess() {
        givenBudget(SPRING, 2 * RESERVED)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob")
                .givenReadyAgent("carol")
                .givenLeads(5)
                .pass(50);
        assertThat(story.all(Effect.PlaceCall.class))
                .extracting(place -> place.attempt().reservation())
                .hasSize(2)
                .containsOnly(new Reservation(SPRING, NOVEMBER, RESERVED, 2 * RESERVED, DIME_A_MINUTE));
        assertThat(budget()).isEqualTo(new Snapshot.Budget(SPRING, NOVEMBER, 2 * RESERVED, 0, 2 * RESERVED));
        assertThat(story.campaign().idleReason())
                .isEqualTo("budget.month: 0.00 left of 0.60 a month, and the call may cost 0.30;"
                        + " 0.60 is reserved for calls");

        CallId unanswered = story.placed().getFirst();
        story.stored(unanswered).fails(unanswered, Outcome.NO_ANSWER).pass(10);
        assertThat(costOf(unanswered)).isEqualTo(new CallCost(SPRING, NOVEMBER, RESERVED, 0));
        assertThat(story.placed()).hasSize(3);
    }

    @Test
    void shouldSettleAnAnsweredCallByTheTimeFromAnswerToEndWhateverTheClockSays() {
        givenBudget(SPRING, 10 * RESERVED)
                .givenReadyAgent("alice")
                .givenLeads(5)
                .pass(50);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.pass(31_000).clockSteps(3_600_000).customerHangsUp(call);
        assertThat(costOf(call).micros()).isEqualTo(60_000); // 31 s are six steps of 6 s
        assertThat(budget().spentMicros()).isEqualTo(60_000);
    }

    @Test
    void shouldChargeTheFirstIncrementWhenTheAnswerCameWhileCancelling() {
        givenBudget(SPRING, 10 * RESERVED)
                .givenReadyAgent("alice")
                .givenLeads(5)
                .pass(50);
        CallId call = story.placed().getFirst();
        story.stored(call).tell(new Event.CallFailed(call, Outcome.NO_ANSWER, CallCause.NONE, true));
        assertThat(costOf(call).micros()).isEqualTo(10_000);
    }

    @Test
    void shouldStopUntilNextMonthOnceTheBudgetIsSpent() {
        givenBudget(SPRING, RESERVED).givenReadyAgent("alice").givenLeads(5).pass(50);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.pass(60_000).customerHangsUp(call).pass(10_100);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.campaign().idleReason())
                .isEqualTo("budget.month: 0.20 left of 0.30 a month, and the call may cost 0.30");
        assertThat(story.campaign().idleUntilEpochMillis())
                .isEqualTo(java.time.LocalDate.of(2026, 12, 1)
                        .atStartOfDay(ZoneId.of("UTC"))
                        .toInstant()
                        .toEpochMilli());
        assertThat(story.campaign().refusals()).containsEntry(RuleId.BUDGET_MONTH, 1L);

        story.clockSteps(13L * 86_400_000).pass(10);
        assertThat(story.placed()).hasSize(2);
        assertThat(budget()).isEqualTo(new Snapshot.Budget(SPRING, 202612, RESERVED, 0, RESERVED));
    }

    @Test
    void shouldGoOnAtOnceWhenTheFileRaisesTheBudget() {
        givenBudget(SPRING, 0).givenReadyAgent("alice").givenLeads(5).pass(50);
        assertThat(story.placed()).isEmpty();
        givenBudget(SPRING, RESERVED).pass(10);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldPutOffALeadThatIsTooDearAndDialCheaperOnes() {
        givenBudget(SPRING, 2 * RESERVED).givenReadyAgent("alice");
        story.tell(new Event.LeadsArrived(
                Story.SPRING,
                List.of(
                        story.lead(Story.SPRING, 19_005_550_123L),
                        story.lead(Story.SPRING, 33_142_680_000L),
                        story.lead(Story.SPRING, 13_055_550_123L)),
                Long.MAX_VALUE));
        story.pass(50);
        assertThat(story.all(Effect.PlaceCall.class))
                .extracting(place -> place.attempt().order().number().e164())
                .containsExactly(13_055_550_123L);
        assertThat(story.all(Effect.LeadSettled.class))
                .extracting(settled -> settled.next().toString())
                .satisfiesExactly(
                        dear -> assertThat(dear).startsWith("RetryAt[").contains("may cost 3.00"),
                        unknown -> assertThat(unknown)
                                .startsWith("RefusedForGood[")
                                .contains("no tariff has a rate"));
    }

    @Test
    void shouldShareOneBudgetAmongTheCampaignsOfADepartment() {
        CampaignId autumn = new CampaignId("autumn");
        givenBudget("department:sales", 2 * RESERVED);
        story.tell(new Event.CampaignConfigured(story.settings(autumn, DialMode.PROGRESSIVE, 1)));
        story.givenReadyAgent("alice").givenReadyAgent("bob").givenLeads(3).pass(50);
        assertThat(story.placed()).hasSize(2);
        story.givenReadyAgent("carol", autumn).givenLeads(autumn, 3).pass(50);
        assertThat(story.placed()).hasSize(2);

        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.BUSY).pass(10);
        assertThat(story.placed()).hasSize(3);
    }

    @Test
    void shouldCountWhatOtherRunsAndNodesTook() {
        givenBudget(SPRING, 2 * RESERVED).givenReadyAgent("alice").givenReadyAgent("bob");
        story.tell(new Event.SpentElsewhere(new Spent(SPRING, NOVEMBER, 100_000, 200_000)));
        story.givenLeads(5).pass(50);
        assertThat(story.placed()).hasSize(1);
        story.tell(new Event.SpentElsewhere(new Spent(SPRING, NOVEMBER, 100_000, 0)))
                .pass(10);
        assertThat(story.placed()).hasSize(1);
        story.tell(new Event.SpentElsewhere(new Spent(SPRING, NOVEMBER, 0, 0))).pass(10);
        assertThat(story.placed()).hasSize(2);
    }

    @Test
    void shouldLearnFromTheDatabaseThatOthersTookTheMoney() {
        givenBudget(SPRING, 3 * RESERVED).givenReadyAgent("alice").givenLeads(5).pass(50);
        CallId refused = story.placed().getFirst();
        story.tell(new Event.AttemptRefused(
                refused, RuleId.BUDGET_MONTH, List.of(), new Spent(SPRING, NOVEMBER, 3 * RESERVED, 0)));
        story.pass(1_000);
        assertThat(story.placed())
                .as("rests rather than ask the database again and again")
                .hasSize(1);
        assertThat(story.campaign().idleReason()).startsWith("budget.month: the database has no more left");
        assertThat(budget()).isEqualTo(new Snapshot.Budget(SPRING, NOVEMBER, 3 * RESERVED, 3 * RESERVED, 0));
        assertThat(story.campaign().readyLeads()).isEqualTo(5);
        story.pass(30_000);
        assertThat(story.campaign().idleReason()).startsWith("budget.month: 0.00 left of 0.90 a month");
    }

    @Test
    void shouldReserveAndSettleWithoutALimitToo() {
        givenBudget(SPRING, Budget.NO_LIMIT)
                .givenReadyAgent("alice")
                .givenLeads(1)
                .pass(50);
        CallId call = story.placed().getFirst();
        assertThat(budget()).isEqualTo(new Snapshot.Budget(SPRING, NOVEMBER, Budget.NO_LIMIT, 0, RESERVED));
        story.stored(call).tell(new Event.CallNotSent(call, NotSent.SEND_FAILED));
        assertThat(budget().reservedMicros()).isZero();
    }

    @Test
    void shouldJudgeCallsOfNoPriceAsFree() {
        story.tariff = null;
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        story.rules.judging(request -> request.budget().priceMicros() == 0
                ? FakeRules.PERMITTED
                : FakeRules.refused("consent", Verdict.Refused.NEVER));
        story.givenLeads(1).pass(50);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.campaign().budget()).isNull();
        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.BUSY);
        assertThat(story.ended(call).call().cost()).isNull();
    }
}
