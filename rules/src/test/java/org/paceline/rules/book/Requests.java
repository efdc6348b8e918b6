package org.paceline.rules.book;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.NumberKind;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.ScriptState;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.YamlFile;

/** Requests and books for tests, one fact at a time. */
final class Requests {
    static final long CALLER_ID = 13055550100L;
    static final CampaignApproval RUNNING = new CampaignApproval(ApprovalState.RUNNING, 0, Long.MAX_VALUE);
    static final PolicyLibrary LIBRARY = PolicyLibrary.builtIn();

    private static final NumberPlan PLAN = new NumberPlan();

    private PhoneNumber number;
    private final long at;
    private AttemptHistory history = new AttemptHistory();
    private @Nullable OptOut optOut;
    private CampaignApproval standing = RUNNING;
    private long callerId = CALLER_ID;
    private int agentAttempts;
    private boolean recordingPossible = true;
    private boolean agentReserved;
    private int campaignAttempts;
    private LeadFacts lead = new LeadFacts(true, null, 0, 0);
    private ScriptState script = ScriptState.APPROVED;
    private BudgetFacts budget = BudgetFacts.FREE;

    private Requests(PhoneNumber number, long at) {
        this.number = number;
        this.at = at;
    }

    static Requests to(String number, String at) {
        if (PLAN.parse(number, null) instanceof NumberPlan.Parsed.Valid valid) {
            return new Requests(valid.number(), millis(at));
        }
        throw new IllegalArgumentException(number);
    }

    Requests inZones(String... zones) {
        List<ZoneId> ids = new ArrayList<>();
        for (String zone : zones) {
            ids.add(ZoneId.of(zone));
        }
        number = new PhoneNumber(number.e164(), number.region(), number.kind(), ids);
        return this;
    }

    Requests ofKind(NumberKind kind) {
        number = new PhoneNumber(number.e164(), number.region(), kind, number.zones());
        return this;
    }

    Requests attempted(String... times) {
        for (String time : times) {
            history.add(millis(time));
        }
        return this;
    }

    Requests optedOut(OptOut entry) {
        optOut = entry;
        return this;
    }

    Requests standing(CampaignApproval campaign) {
        standing = campaign;
        return this;
    }

    Requests from(long presented) {
        callerId = presented;
        return this;
    }

    Requests agentAttempts(int today) {
        agentAttempts = today;
        return this;
    }

    Requests campaignAttempts(int today) {
        campaignAttempts = today;
        return this;
    }

    Requests agentReserved() {
        agentReserved = true;
        return this;
    }

    Requests lead(@Nullable String grade, int attempts) {
        lead = new LeadFacts(lead.named(), grade, attempts, lead.consentEpochMillis());
        return this;
    }

    Requests unnamed() {
        lead = new LeadFacts(false, lead.grade(), lead.attempts(), lead.consentEpochMillis());
        return this;
    }

    Requests withoutConsent() {
        lead = new LeadFacts(lead.named(), lead.grade(), lead.attempts(), LeadFacts.NEVER);
        return this;
    }

    Requests consented(String since) {
        lead = new LeadFacts(lead.named(), lead.grade(), lead.attempts(), millis(since));
        return this;
    }

    /** In micros: what the call may cost, what ended calls of the month cost, what is reserved for others. */
    Requests budget(long price, long spent, long reserved) {
        budget = new BudgetFacts(price, spent, reserved);
        return this;
    }

    Requests script(ScriptState state) {
        script = state;
        return this;
    }

    Requests talkedAt(String time) {
        history.conversation(millis(time));
        return this;
    }

    Requests abandonedAt(String time) {
        history.abandoned(millis(time));
        return this;
    }

    Requests refusedAt(String time) {
        history.refused(millis(time));
        return this;
    }

    Requests recordingImpossible() {
        recordingPossible = false;
        return this;
    }

    DialRequest request() {
        return DialRequest.to(number, at, standing)
                .callerId(callerId)
                .history(history)
                .optOut(optOut)
                .lead(lead)
                .agentAttemptsToday(agentAttempts)
                .agentReserved(agentReserved)
                .campaignAttemptsToday(campaignAttempts)
                .budget(budget)
                .recordingPossible(recordingPossible)
                .script(script)
                .build();
    }

    static ExplainedRuleBook book(String... policies) {
        return RuleBooks.compile(policies(policies), CampaignRules.none());
    }

    static List<Policy> policies(String... ids) {
        List<Policy> found = new ArrayList<>();
        for (String id : ids) {
            Policy policy = LIBRARY.policy(id);
            if (policy == null) {
                throw new IllegalArgumentException(id);
            }
            found.add(policy);
        }
        return found;
    }

    /** A campaign of the given YAML, in Shanghai. */
    static CampaignRules campaign(String yaml) {
        ConfigProblems problems = new ConfigProblems();
        CampaignRules rules =
                CampaignRules.read(YamlFile.parse("spring.yaml", yaml, problems), "spring", ZoneId.of("Asia/Shanghai"));
        problems.throwIfAny();
        return rules;
    }

    static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
