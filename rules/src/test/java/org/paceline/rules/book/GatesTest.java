package org.paceline.rules.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.paceline.rules.book.Requests.campaign;
import static org.paceline.rules.book.Requests.millis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.CapLimit;
import org.paceline.rules.CapLimit.Scope;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleBook;
import org.paceline.rules.RuleId;
import org.paceline.rules.ScriptState;
import org.paceline.rules.Verdict;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.yaml.ConfigProblems;

/** Each gate beside hours, numbers' caps and callers, from the policy file's or the campaign file's key to the refusal. */
class GatesTest {
    private static final String MIAMI = "+13055550123";
    private static final String NEW_YORK = "+12125550123";
    private static final String TOLL_FREE = "+18005550123";
    private static final String PARIS = "+33142680000";
    private static final String ROME = "+390612345678";
    private static final String SHANGHAI = "+862155550123";
    private static final String NOON = "2026-11-24T17:00:00Z";

    @TempDir
    Path folder;

    @Test
    void shouldRestANumberAfterAConversation() throws IOException {
        RuleBook book = book("caps: {gap-after-conversation: 7d}");
        assertPermitted(book, Requests.to(MIAMI, NOON));
        assertRefused(
                book,
                Requests.to(MIAMI, NOON).talkedAt("2026-11-20T17:00:00Z"),
                "gap.conversation",
                "2026-11-27T17:00:00Z");
        assertPermitted(book, Requests.to(MIAMI, NOON).talkedAt("2026-11-17T17:00:00Z"));
        assertThat(book.historyMillis()).isGreaterThanOrEqualTo(7 * 86_400_000L);
    }

    @Test
    void shouldRestANumberAfterARefusal() throws IOException {
        RuleBook book = book("caps: {gap-after-refusal: 60d}");
        assertRefused(
                book,
                Requests.to(MIAMI, NOON).refusedAt("2026-11-20T17:00:00Z"),
                "gap.refusal",
                "2027-01-19T17:00:00Z");
    }

    @Test
    void shouldRedialAnAbandonedNumberOnlyForAnAgentKeptFree() throws IOException {
        RuleBook book = book(
                "abandonment: {limit: 3%, connect-within: 2s, window: calendar-month, no-redial-unless-reserved: 72h}");
        Requests request = Requests.to(MIAMI, NOON).abandonedAt("2026-11-23T17:00:00Z");
        assertRefused(book, request, "gap.abandoned", "2026-11-26T17:00:00Z");
        assertPermitted(book, request.agentReserved());
    }

    @Test
    void shouldLetAnAbandonedNumberRestAndThenBeCalledOnlyForAnAgentKeptFree() throws IOException {
        RuleBook book = RuleBooks.compile(
                PolicyLibrary.builtIn().find(List.of("it-garante"), problem -> {}), CampaignRules.none());
        String abandoned = "2026-11-20T10:00:00Z";
        Requests soon = Requests.to(ROME, "2026-11-24T10:00:00Z").abandonedAt(abandoned);
        assertRefused(book, soon.agentReserved(), "gap.abandoned", "2026-11-25T10:00:00Z");
        Requests later = Requests.to(ROME, "2026-11-25T10:00:00Z").abandonedAt(abandoned);
        assertRefused(book, later, "gap.abandoned", "2026-12-20T10:00:00Z");
        assertPermitted(book, later.agentReserved());
    }

    @Test
    void shouldKeepToTheBudgetOfTheMonth() {
        ExplainedRuleBook book = RuleBooks.compile(
                List.of(), campaign("caller-ids: [\"+13055550100\"]\nbudget: {month: 500.00, reserve: 3m}"));
        assertPermitted(book, Requests.to(MIAMI, NOON).budget(36_000, 499_000_000, 964_000));
        assertPermitted(book, Requests.to(MIAMI, NOON).budget(0, 500_000_000, 0));
        // November ends at 16:00 UTC in Shanghai, where the call centre is.
        assertRefused(
                book, Requests.to(MIAMI, NOON).budget(36_000, 499_964_001, 0), "budget.month", "2026-11-30T16:00:00Z");
        assertRefused(
                book,
                Requests.to(MIAMI, "2026-11-30T15:59:59Z").budget(1, 500_000_000, 0),
                "budget.month",
                "2026-11-30T16:00:00Z");
        Verdict verdict = book.judge(
                Requests.to(MIAMI, NOON).budget(36_000, 499_964_001, 0).request());
        assertThat(((Refused) verdict).reason())
                .isEqualTo("0.035999 left of 500.00 a month, and the call may cost 0.036");
        assertThat(((Refused) verdict).citation()).isEqualTo("spring.yaml");
    }

    @Test
    void shouldAskAgainSoonWhileMoneyIsReservedThatMayComeBack() {
        ExplainedRuleBook book =
                RuleBooks.compile(List.of(), campaign("caller-ids: [\"+13055550100\"]\nbudget: {month: 10}"));
        Requests request = Requests.to(MIAMI, NOON).budget(2_000_000, 7_000_000, 2_500_000);
        assertRefused(book, request, "budget.month", "2026-11-24T17:00:30Z");
        assertThat(book.explain(request.request()).nextPermittedAtEpochMillis())
                .isEqualTo(millis("2026-11-24T17:00:30Z"));
        assertThat(book.explain(request.budget(2_000_000, 9_000_000, 1_000_000).request())
                        .nextPermittedAtEpochMillis())
                .isEqualTo(millis("2026-11-30T16:00:00Z"));
    }

    @Test
    void shouldRefuseACallOfUnknownCostOnlyWhereThereIsABudget() {
        Requests unknown = Requests.to(MIAMI, NOON).budget(BudgetFacts.NO_RATE, 0, 0);
        assertRefused(
                RuleBooks.compile(List.of(), campaign("caller-ids: [\"+13055550100\"]\nbudget: {month: 10}")),
                unknown,
                "budget.month",
                "never");
        assertPermitted(RuleBooks.compile(List.of(), campaign("caller-ids: [\"+13055550100\"]")), unknown);
    }

    @Test
    void shouldReadMoneyExactlyOrNotAtAll() {
        assertThat(campaign("caller-ids: []\nbudget: {month: 123456789.000001}")
                        .budget()
                        .limitMicros())
                .isEqualTo(123_456_789_000_001L);
        for (String wrong : List.of("1e3", "0.0000001", "-1", "1.", "1,5", "1234567890")) {
            assertThatThrownBy(() -> campaign("caller-ids: []\nbudget: {month: \"" + wrong + "\"}"))
                    .hasMessageContaining(
                            "budget.month: must be an amount with at most six decimals, for example 500.00");
        }
    }

    @Test
    void shouldLimitACampaignsDayAndItsAttemptsToANumber() throws IOException {
        RuleBook book = RuleBooks.compile(
                List.of(), campaign("caller-ids: [\"+13055550100\"]\ncaps: {campaign-day: 500, number-campaign: 4}"));
        assertPermitted(book, Requests.to(MIAMI, NOON).campaignAttempts(499).lead(null, 3));
        assertRefused(book, Requests.to(MIAMI, NOON).campaignAttempts(500), "cap.campaign-day", "2026-11-25T16:00:00Z");
        assertRefused(book, Requests.to(MIAMI, NOON).lead(null, 4), "cap.number-campaign", "never");
        assertThat(book.capLimits(Requests.to(MIAMI, NOON).request()))
                .containsExactly(
                        new CapLimit(RuleId.CAP_NUMBER_CAMPAIGN, Scope.NUMBER_IN_CAMPAIGN, CapLimit.EVER, 4),
                        new CapLimit(RuleId.CAP_CAMPAIGN_DAY, Scope.CAMPAIGN, millis("2026-11-24T16:00:00Z"), 500));
    }

    @Test
    void shouldRefuseWhileAComplaintBlocksTheNumber() throws IOException {
        OptOut complaint = new OptOut("complaint:7", null, Long.MAX_VALUE, OptOut.Kind.COMPLAINT);
        Requests request = Requests.to(MIAMI, NOON).optedOut(complaint);
        assertRefused(book(""), request, "complaint", "never");
        assertThat(((Refused) book("").judge(request.request())).citation()).isEqualTo("complaint:7");
    }

    @Test
    void shouldCallOnlyWhoConsentedFromTheDayOfTheDuty() throws IOException {
        RuleBook book = book("consent: {from: 2026-08-11}");
        assertPermitted(book, Requests.to(PARIS, "2026-08-10T21:59:59Z").withoutConsent());
        assertRefused(book, Requests.to(PARIS, "2026-08-10T22:00:00Z").withoutConsent(), "consent", "never");
        assertPermitted(book, Requests.to(PARIS, NOON).consented("2026-11-24T17:00:00Z"));
        assertRefused(
                book, Requests.to(PARIS, NOON).consented("2026-12-01T00:00:00Z"), "consent", "2026-12-01T00:00:00Z");
    }

    @Test
    void shouldDemandANoticeOfWhoRecords() throws IOException {
        List<Policy> policies = List.of(policy("recording: {notice: true}"));
        String callers = "caller-ids: [\"+13055550100\"]\n";
        RuleBook untold = RuleBooks.compile(policies, campaign(callers + "recording: on-demand"));
        assertRefused(untold, Requests.to(MIAMI, NOON), "record.notice", "never");
        assertPermitted(
                RuleBooks.compile(policies, campaign(callers + "recording: always\nrecording-notice: told.wav")),
                Requests.to(MIAMI, NOON));
        assertPermitted(RuleBooks.compile(policies, campaign(callers)), Requests.to(MIAMI, NOON));
    }

    @Test
    void shouldRefuseWhereACampaignsScriptIsNotTheApprovedOne() {
        RuleBook book = RuleBooks.compile(
                List.of(), campaign("caller-ids: [\"+13055550100\"]\nscript: {file: spring.txt, version: v3}"));
        assertRefused(book, Requests.to(MIAMI, NOON).script(ScriptState.ALTERED), "script.fixed", "never");
        assertPermitted(book, Requests.to(MIAMI, NOON).script(ScriptState.APPROVED));
    }

    @Test
    void shouldDemandAnApprovedScriptAndNames() throws IOException {
        RuleBook script = book("script: {required: true}");
        assertRefused(script, Requests.to(MIAMI, NOON).script(ScriptState.NONE), "script.fixed", "never");
        assertRefused(script, Requests.to(MIAMI, NOON).script(ScriptState.ALTERED), "script.fixed", "never");
        assertPermitted(script, Requests.to(MIAMI, NOON).script(ScriptState.APPROVED));
        RuleBook named = book("list: {require: [name]}");
        assertRefused(named, Requests.to(MIAMI, NOON).unnamed(), "list.screened", "never");
        assertPermitted(named, Requests.to(MIAMI, NOON));
        RuleBook own =
                RuleBooks.compile(List.of(), campaign("caller-ids: [\"+13055550100\"]\nlist: {require: [name]}"));
        assertRefused(own, Requests.to(MIAMI, NOON).unnamed(), "list.screened", "never");
    }

    @Test
    void shouldDialGradesAsOftenAsTheirPlansSay() {
        RuleBook book = RuleBooks.compile(
                List.of(), campaign("caller-ids: [\"+13055550100\"]\ngrades: {A: {attempts: 6}, C: {attempts: 1}}"));
        assertPermitted(book, Requests.to(MIAMI, NOON).lead("A", 5));
        assertRefused(book, Requests.to(MIAMI, NOON).lead("A", 6), "lead.grade", "never");
        assertRefused(book, Requests.to(MIAMI, NOON).lead("C", 1), "lead.grade", "never");
        assertRefused(book, Requests.to(MIAMI, NOON).lead("D", 0), "lead.grade", "never");
        assertRefused(book, Requests.to(MIAMI, NOON), "lead.grade", "never");
    }

    @Test
    void shouldCallNoFartherThanGranted() throws IOException {
        RuleBook national = RuleBooks.compile(
                List.of(policy("class-of-service: {required: true}")),
                campaign("caller-ids: [\"+13055550100\"]\nclass-of-service: {granted: national, home: [\"+1305\"]}"));
        assertPermitted(national, Requests.to(MIAMI, NOON));
        assertPermitted(national, Requests.to(NEW_YORK, NOON));
        assertRefused(national, Requests.to(PARIS, NOON), "class-of-service", "never");
        RuleBook local = RuleBooks.compile(
                List.of(),
                campaign("caller-ids: [\"+13055550100\"]\nclass-of-service: {granted: local, home: [\"+8621\"]}"));
        assertPermitted(local, Requests.to(SHANGHAI, NOON));
        assertRefused(local, Requests.to("+861055550123", NOON), "class-of-service", "never");
        RuleBook unasked = RuleBooks.compile(
                List.of(policy("class-of-service: {required: true}")), campaign("caller-ids: [\"+13055550100\"]"));
        assertRefused(unasked, Requests.to(MIAMI, NOON), "class-of-service", "never");
    }

    @Test
    void shouldBindOnlyNumbersOfThePolicysPlace() throws IOException {
        Policy florida = policy("applies-to: {countries: [us], area-codes: [\"305\", \"786\"]}\ncaps: {number-day: 1}");
        Policy federal = new PolicyFolder("federal", "applies-to: {countries: [us]}").read();
        ExplainedRuleBook book = RuleBooks.compile(List.of(florida, federal), CampaignRules.none());
        assertRefused(
                book,
                Requests.to(MIAMI, NOON).attempted("2026-11-24T16:00:00Z"),
                "cap.number-day",
                "2026-11-25T05:00:00Z");
        assertPermitted(book, Requests.to(NEW_YORK, NOON).attempted("2026-11-24T16:00:00Z"));
        assertThat(book.judge(Requests.to(TOLL_FREE, NOON)
                        .attempted("2026-11-24T16:00:00Z")
                        .request()))
                .as("a toll-free number may be in Florida")
                .isInstanceOf(Refused.class);
        assertRefused(book, Requests.to(PARIS, NOON), "policy.none", "never");
        assertThat(book.judge(Requests.to(PARIS, NOON).request()))
                .asString()
                .contains("applies to FR; name fr under policies, or one of your own");
        assertThat(book.explain(Requests.to(NEW_YORK, NOON).request()).notBinding())
                .containsExactly("test");
    }

    private RuleBook book(String keys) throws IOException {
        return RuleBooks.compile(List.of(policy(keys)), CampaignRules.none());
    }

    private Policy policy(String keys) throws IOException {
        return new PolicyFolder("test", keys).read();
    }

    private final class PolicyFolder {
        private final String id;

        PolicyFolder(String id, String keys) throws IOException {
            this.id = id;
            Files.writeString(
                    folder.resolve(id + ".yaml"),
                    "id: " + id + "\ntitle: Test\ncitation: made for tests\nchecked: 2026-11-24\n" + keys + "\n");
        }

        Policy read() {
            ConfigProblems problems = new ConfigProblems();
            PolicyLibrary library = PolicyLibrary.load(folder, problems);
            problems.throwIfAny();
            return Objects.requireNonNull(library.policy(id));
        }
    }

    private static void assertPermitted(RuleBook book, Requests request) {
        assertThat(book.judge(request.request())).isInstanceOf(Verdict.Permitted.class);
    }

    private static void assertRefused(RuleBook book, Requests request, String ruleId, String retryAt) {
        Verdict verdict = book.judge(request.request());
        assertThat(verdict).isInstanceOf(Refused.class);
        Refused refused = (Refused) verdict;
        assertThat(refused.rule().text()).isEqualTo(ruleId);
        String retry = refused.retryAtEpochMillis() == Refused.NEVER
                ? "never"
                : Instant.ofEpochMilli(refused.retryAtEpochMillis()).toString();
        assertThat(retry).isEqualTo(retryAt);
    }
}
