package org.paceline.rules.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.rules.book.Requests.book;
import static org.paceline.rules.book.Requests.campaign;
import static org.paceline.rules.book.Requests.millis;
import static org.paceline.rules.book.Requests.policies;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.Explanation;
import org.paceline.rules.NumberKind;
import org.paceline.rules.OptOut;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleBook;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;
import org.paceline.rules.Verdict.Refused;

class RuleBookTest {
    private static final String MIAMI = "+13055550123";
    private static final String SHANGHAI = "+8613812345678";
    private static final String PARIS = "+33142345678";

    @Test
    void shouldRefuseFloridaBeforeEightAndPermitAtEight() {
        RuleBook book = book("us-federal");
        assertRefused(book, Requests.to(MIAMI, "2026-11-21T12:59:00Z"), "window.workday", "2026-11-21T13:00:00Z");
        assertPermitted(book, Requests.to(MIAMI, "2026-11-21T13:00:00Z"));
        assertPermitted(book, Requests.to(MIAMI, "2026-11-22T01:59:59Z"));
        assertRefused(book, Requests.to(MIAMI, "2026-11-22T02:00:00Z"), "window.workday", "2026-11-22T13:00:00Z");
    }

    @Test
    void shouldCiteAndExplainARefusalWithoutTheNumber() {
        Refused refused = refused(book("us-federal"), Requests.to(MIAMI, "2026-11-21T12:59:00Z"));
        assertThat(refused.citation()).isEqualTo("16 CFR 310.4(c); 47 CFR 64.1200(c)(1)");
        assertThat(refused.reason())
                .isEqualTo("only 08:00-21:00 on Sat in America/New_York")
                .doesNotContain("5550123");
    }

    @Test
    void shouldKeepFrenchSessionsAndBastilleDay() {
        RuleBook book = book("fr");
        assertPermitted(book, Requests.to(PARIS, "2026-07-15T10:59:59Z"));
        assertRefused(book, Requests.to(PARIS, "2026-07-15T11:30:00Z"), "window.session", "2026-07-15T12:00:00Z");
        assertRefused(book, Requests.to(PARIS, "2026-07-14T09:00:00Z"), "window.holiday", "2026-07-15T08:00:00Z");
        assertRefused(book, Requests.to(PARIS, "2026-07-18T09:00:00Z"), "window.workday", "2026-07-20T08:00:00Z");
    }

    @Test
    void shouldKeepChineseHolidaysMakeUpDaysAndNoonRest() {
        RuleBook book = book("cn-telesales");
        assertRefused(book, Requests.to(SHANGHAI, "2026-10-01T02:00:00Z"), "window.holiday", "2026-10-08T01:10:00Z");
        assertPermitted(book, Requests.to(SHANGHAI, "2026-10-10T02:00:00Z"));
        assertRefused(book, Requests.to(SHANGHAI, "2026-10-17T02:00:00Z"), "window.workday", "2026-10-19T01:10:00Z");
        assertRefused(book, Requests.to(SHANGHAI, "2026-10-12T04:30:00Z"), "window.quiet", "2026-10-12T05:50:00Z");
        assertRefused(book, Requests.to(SHANGHAI, "2026-10-12T05:30:00Z"), "window.session", "2026-10-12T05:50:00Z");
    }

    @Test
    void shouldCapAttemptsOfALocalDay() {
        RuleBook book = book("de");
        Requests berlin = Requests.to("+493012345678", "2026-11-25T10:00:00Z")
                .attempted("2026-11-24T23:00:00Z", "2026-11-25T08:00:00Z");
        assertPermitted(book, berlin);
        berlin.attempted("2026-11-25T09:00:00Z");
        assertRefused(book, berlin, "cap.number-day", "2026-11-25T23:00:00Z");
        Requests dayBefore = Requests.to("+493012345678", "2026-11-25T10:00:00Z")
                .attempted("2026-11-24T22:59:59.999Z", "2026-11-25T08:00:00Z", "2026-11-25T09:00:00Z");
        assertPermitted(book, dayBefore);
    }

    @Test
    void shouldHoldADailyCapInEveryZone() {
        RuleBook book =
                RuleBooks.compile(List.of(), campaign("caller-ids: [\"+13055550100\"]\ncaps: {number-day: 1}\n"));
        // 23:30 of the day before in New York, 20:30 of it in Los Angeles; at the request 00:30 and 21:30.
        Requests request = Requests.to(MIAMI, "2026-11-25T05:30:00Z")
                .inZones("America/New_York", "America/Los_Angeles")
                .attempted("2026-11-25T04:30:00Z");
        assertRefused(book, request, "cap.number-day", "2026-11-25T08:00:00Z");
    }

    @Test
    void shouldCapRollingPeriodsToTheMillisecond() {
        RuleBook book = book("us-fl");
        String[] three = {"2026-11-24T15:00:00Z", "2026-11-24T16:00:00Z", "2026-11-24T17:00:00Z"};
        assertRefused(
                book,
                Requests.to(MIAMI, "2026-11-25T14:59:59.999Z").attempted(three),
                "cap.number-day",
                "2026-11-25T15:00:00Z");
        assertPermitted(book, Requests.to(MIAMI, "2026-11-25T15:00:00Z").attempted(three));
    }

    @Test
    void shouldKeepAGapBetweenAttempts() {
        RuleBook book = book("cn-telesales");
        Requests tooSoon = Requests.to(SHANGHAI, "2026-11-23T02:29:59.999Z").attempted("2026-11-23T02:00:00Z");
        assertRefused(book, tooSoon, "gap.number", "2026-11-23T02:30:00Z");
        assertPermitted(book, Requests.to(SHANGHAI, "2026-11-23T02:30:00Z").attempted("2026-11-23T02:00:00Z"));
    }

    @Test
    void shouldKeepTheGapAfterAClockThatSteppedBack() {
        Requests request = Requests.to(SHANGHAI, "2026-11-23T02:00:00Z").attempted("2026-11-23T02:10:00Z");
        assertRefused(book("cn-telesales"), request, "gap.number", "2026-11-23T02:40:00Z");
    }

    @Test
    void shouldCapAnAgentsDay() {
        RuleBook book = RuleBooks.compile(
                policies("cn-telesales"),
                campaign(
                        "caller-ids: [\"+13055550100\"]\nrecording-notice: told.wav\nclass-of-service: {granted: international, home: [\"+86\"]}\n"));
        assertPermitted(book, Requests.to(SHANGHAI, "2026-11-23T02:00:00Z").agentAttempts(199));
        assertRefused(
                book,
                Requests.to(SHANGHAI, "2026-11-23T02:00:00Z").agentAttempts(200),
                "cap.agent-day",
                "2026-11-23T16:00:00Z");
    }

    @Test
    void shouldRespectOptOutsUntilTheyExpire() {
        RuleBook book = RuleBooks.compile(List.of(), campaign("caller-ids: [\"+13055550100\"]\n"));
        String at = "2026-11-23T02:00:00Z";
        OptOut forever = new OptOut("file:dnc.csv", null, Long.MAX_VALUE);
        Refused refused = refused(book, Requests.to(MIAMI, at).optedOut(forever));
        assertThat(refused.rule().text()).isEqualTo("optout");
        assertThat(refused.retryAtEpochMillis()).isEqualTo(Refused.NEVER);
        assertThat(refused.citation()).isEqualTo("do-not-call entry from file:dnc.csv");
        assertRefused(
                book,
                Requests.to(MIAMI, at).optedOut(new OptOut("api:ann", "spring", millis("2026-12-01T00:00:00Z"))),
                "optout",
                "2026-12-01T00:00:00Z");
        assertPermitted(book, Requests.to(MIAMI, at).optedOut(new OptOut("api:ann", "autumn", Long.MAX_VALUE)));
        assertPermitted(book, Requests.to(MIAMI, at).optedOut(new OptOut("api:ann", null, millis(at))));
    }

    @Test
    void shouldPresentOnlyAllottedCallerIds() {
        RuleBook book = RuleBooks.compile(
                List.of(), campaign("caller-ids: [\"+13055550100..+13055550109\", \"+442071234567\"]\n"));
        String at = "2026-11-23T02:00:00Z";
        assertPermitted(book, Requests.to(MIAMI, at).from(13055550109L));
        assertPermitted(book, Requests.to(MIAMI, at).from(442071234567L));
        assertThat(refused(book, Requests.to(MIAMI, at).from(13055550110L))
                        .rule()
                        .text())
                .isEqualTo("callerid.allotted");
        RuleBook none = RuleBooks.compile(List.of(), campaign("caller-ids: []\n"));
        assertThat(refused(none, Requests.to(MIAMI, at)).rule().text()).isEqualTo("callerid.allotted");
    }

    @Test
    void shouldBlockPrefixesAndKinds() {
        RuleBook book = book("cn-telesales");
        String at = "2026-11-23T02:00:00Z";
        assertThat(refused(book, Requests.to(SHANGHAI, at).ofKind(NumberKind.PREMIUM_RATE))
                        .rule()
                        .text())
                .isEqualTo("prefix.blocked");
        // A landline of Urumqi begins with 9 but is no service number.
        assertPermitted(book, Requests.to("+869912345678", at).inZones("Asia/Shanghai"));
        RuleBook campaign = RuleBooks.compile(
                List.of(), campaign("caller-ids: [\"+13055550100\"]\nblocked: {prefixes: [\"+1305555\"]}\n"));
        Refused refused = refused(campaign, Requests.to(MIAMI, at));
        assertThat(refused)
                .isEqualTo(new Refused(
                        RuleId.PREFIX_BLOCKED,
                        "begins with +1305555, which is never dialled",
                        "spring.yaml",
                        Refused.NEVER));
        assertPermitted(campaign, Requests.to("+13056550123", at));
    }

    @Test
    void shouldDialOnlyForARunningCampaignWithinItsTerm() {
        RuleBook book = book("us-federal");
        String at = "2026-11-23T18:00:00Z";
        Requests draft = Requests.to(MIAMI, at).standing(new CampaignApproval(ApprovalState.DRAFT, 0, Long.MAX_VALUE));
        assertThat(refused(book, draft).rule().text()).isEqualTo("campaign.approval");
        long start = millis("2026-11-24T00:00:00Z");
        Requests early = Requests.to(MIAMI, at).standing(new CampaignApproval(ApprovalState.RUNNING, start, start + 1));
        assertRefused(book, early, "campaign.approval", "2026-11-24T00:00:00Z");
        Requests over = Requests.to(MIAMI, at).standing(new CampaignApproval(ApprovalState.RUNNING, 0, millis(at)));
        assertThat(refused(book, over).retryAtEpochMillis()).isEqualTo(Refused.NEVER);
    }

    @Test
    void shouldRefuseWhileRecordingsCannotBeWritten() {
        RuleBook always = RuleBooks.compile(List.of(), campaign("caller-ids: [\"+13055550100\"]\nrecording: always\n"));
        Requests request = Requests.to(MIAMI, "2026-11-23T18:00:00Z");
        assertThat(always.judge(request.request())).isEqualTo(new Verdict.Permitted(RecordingDirective.ALWAYS));
        assertRefused(always, request.recordingImpossible(), "record.required", "2026-11-23T18:01:00Z");
        assertPermitted(book("us-federal"), request);
    }

    @Test
    void shouldRecordAlwaysWhereAPolicyDemandsIt() {
        RuleBook book = RuleBooks.compile(
                policies("cn-telesales"),
                campaign(
                        "caller-ids: [\"+13055550100\"]\nrecording: never\nrecording-notice: told.wav\nclass-of-service: {granted: international, home: [\"+86\"]}\n"));
        Requests request = Requests.to(SHANGHAI, "2026-11-23T02:00:00Z");
        assertThat(book.judge(request.request())).isEqualTo(new Verdict.Permitted(RecordingDirective.ALWAYS));
    }

    @Test
    void shouldLetTheStrictestOfSeveralPoliciesDecide() {
        RuleBook book = book("us-federal", "us-fl");
        assertRefused(book, Requests.to(MIAMI, "2026-11-24T01:30:00Z"), "window.workday", "2026-11-24T13:00:00Z");
        assertThat(refused(book, Requests.to(MIAMI, "2026-11-24T01:30:00Z")).citation())
                .isEqualTo("Fla. Stat. § 501.616(6)(a)");
    }

    @Test
    void shouldTellTheRefusalThatEndsLast() {
        Requests request = Requests.to(MIAMI, "2026-11-24T01:30:00Z")
                .attempted("2026-11-24T00:00:00Z", "2026-11-24T00:10:00Z", "2026-11-24T00:20:00Z");
        assertRefused(book("us-fl"), request, "cap.number-day", "2026-11-25T00:00:00Z");
        request.optedOut(new OptOut("sip:607", null, Long.MAX_VALUE));
        assertThat(refused(book("us-fl"), request).rule().text()).isEqualTo("optout");
    }

    @Test
    void shouldNarrowByTheCampaignsOwnHours() {
        RuleBook book = RuleBooks.compile(
                policies("us-federal"),
                campaign("caller-ids: [\"+13055550100\"]\nhours: {days: {mon-sun: [06:00-18:00]}}\n"));
        assertRefused(book, Requests.to(MIAMI, "2026-11-23T12:00:00Z"), "window.workday", "2026-11-23T13:00:00Z");
        Refused refused = refused(book, Requests.to(MIAMI, "2026-11-23T23:00:00Z"));
        assertThat(refused.citation()).isEqualTo("spring.yaml");
        assertThat(refused.reason()).isEqualTo("only 06:00-18:00 on Mon in America/New_York");
    }

    @Test
    void shouldGiveTheCapsThatTheJournalEnforces() {
        RuleBook book = book("cn-telesales");
        DialRequest request = Requests.to(SHANGHAI, "2026-11-23T02:00:00Z").request();
        assertThat(book.capLimits(request))
                .containsExactly(
                        new CapLimit(RuleId.CAP_NUMBER_DAY, CapLimit.Scope.NUMBER, millis("2026-11-22T16:00:00Z"), 3),
                        new CapLimit(RuleId.GAP_NUMBER, CapLimit.Scope.NUMBER, millis("2026-11-23T01:30:00Z") + 1, 1),
                        new CapLimit(RuleId.CAP_AGENT_DAY, CapLimit.Scope.AGENT, millis("2026-11-23T00:00:00Z"), 200));
        assertThat(book.historyMillis()).isEqualTo(Duration.ofHours(26).toMillis());
        assertThat(book("us-federal").capLimits(request)).isEmpty();
        assertThat(book("us-federal").historyMillis()).isZero();
        assertThat(book("us-fl").historyMillis()).isEqualTo(Duration.ofDays(1).toMillis());
    }

    @Test
    void shouldTellTheTermsOfEachPolicyAndTheStrictestTimes() {
        ExplainedRuleBook book = book("ca-crtc", "us-federal");
        assertThat(book.abandonments()).extracting(AbandonmentTerms::source).containsExactly("ca-crtc", "us-federal");
        assertThat(AbandonmentTerms.lowest(book.abandonments()).source()).isEqualTo("us-federal");
        assertThat(book.minimumRingMillis()).isEqualTo(15_000);
        assertThat(book.isGreetingAwaited()).isTrue();
        assertThat(book("ca-crtc").isGreetingAwaited()).isFalse();
        assertThat(book("fr").abandonments()).containsExactly(AbandonmentTerms.DEFAULT);
    }

    @Test
    void shouldExplainEveryRuleAndTheNextPermittedTime() {
        Requests request = Requests.to(MIAMI, "2026-11-24T01:30:00Z")
                .attempted("2026-11-24T00:00:00Z", "2026-11-24T00:10:00Z", "2026-11-24T00:20:00Z");
        Explanation explanation = book("us-federal", "us-fl").explain(request.request());
        assertThat(explanation.findings())
                .extracting(finding -> finding.rule().text())
                .containsExactly(
                        "window.workday",
                        "window.workday",
                        "cap.number-day",
                        "optout",
                        "complaint",
                        "callerid.allotted",
                        "campaign.approval");
        assertThat(explanation.findings().get(1).figure()).isEqualTo("mon-sun 08:00-20:00");
        assertThat(explanation.findings().get(1).refusal()).isNotNull();
        assertThat(explanation.findings().getFirst().refusal()).isNull();
        // The cap ends at 19:00 in Florida, when hours still permit.
        assertThat(Instant.ofEpochMilli(explanation.nextPermittedAtEpochMillis()))
                .isEqualTo("2026-11-25T00:00:00Z");
        Requests never = request.optedOut(new OptOut("sip:607", null, Long.MAX_VALUE));
        assertThat(book("us-fl").explain(never.request()).nextPermittedAtEpochMillis())
                .isEqualTo(Refused.NEVER);
    }

    @Test
    void shouldGoFromRefusalToRefusalForTheNextPermittedTime() {
        // The cap ends at midnight, when hours are closed; they open at eight.
        Requests request = Requests.to("+493012345678", "2026-11-25T10:00:00Z")
                .attempted("2026-11-25T08:00:00Z", "2026-11-25T08:30:00Z", "2026-11-25T09:00:00Z");
        assertThat(Instant.ofEpochMilli(book("de").explain(request.request()).nextPermittedAtEpochMillis()))
                .isEqualTo("2026-11-26T07:00:00Z");
    }

    @Test
    void shouldAllocateNothingWhenPermitted() {
        RuleBook book = book("us-federal", "us-fl", "uk-ofcom", "cn-telesales");
        DialRequest request = Requests.to(MIAMI, "2026-11-24T03:30:00Z")
                .inZones("Asia/Shanghai", "Asia/Urumqi")
                .attempted("2026-11-23T02:00:00Z", "2026-11-24T02:00:00Z")
                .request();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int warmUp = 0; warmUp < 20_000; warmUp++) {
            assertSamePermitted(book, request);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 10_000; round++) {
            assertSamePermitted(book, request);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void assertSamePermitted(RuleBook book, DialRequest request) {
        if (!(book.judge(request) instanceof Verdict.Permitted)) {
            throw new AssertionError(book.judge(request));
        }
    }

    private static void assertPermitted(RuleBook book, Requests request) {
        assertThat(book.judge(request.request())).isInstanceOf(Verdict.Permitted.class);
    }

    private static void assertRefused(RuleBook book, Requests request, String ruleId, String retryAt) {
        Refused refused = refused(book, request);
        assertThat(refused.rule().text()).isEqualTo(ruleId);
        assertThat(
                        refused.retryAtEpochMillis() == Refused.NEVER
                                ? "never"
                                : Instant.ofEpochMilli(refused.retryAtEpochMillis())
                                        .toString())
                .isEqualTo(retryAt);
    }

    private static Refused refused(RuleBook book, Requests request) {
        Verdict verdict = book.judge(request.request());
        assertThat(verdict).isInstanceOf(Refused.class);
        return (Refused) verdict;
    }
}
