package org.paceline.rules.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.Explanation;
import org.paceline.rules.OptOut;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.Territory;
import org.paceline.rules.Verdict;
import org.paceline.rules.Verdict.Refused;

/**
 * The judge: finds the rules that bind the number, and asks them all.
 *
 * <p>Thread: any. Permitting allocates nothing unless hours change.
 */
final class CompiledRuleBook implements ExplainedRuleBook {
    /** The most rounds of a search, more than any chain of refusals has; it ends a search that would go on for ever. */
    private static final int SEARCH_ROUNDS = 10_000;

    private final List<Part> policies;
    private final CampaignRules campaign;
    private final Part own;
    private final BindingTree binding;
    private final List<AbandonmentTerms> abandonments;
    private final List<Rule> allRules;
    private final long historyMillis;

    CompiledRuleBook(List<Part> policies, CampaignRules campaign) {
        this.policies = List.copyOf(policies);
        this.campaign = campaign;
        this.own = Part.of(campaign);
        List<Territory> territories = this.policies.stream()
                .map(Part::territory)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        this.binding = new BindingTree(territories, this::bind);
        List<AbandonmentTerms> terms = Stream.concat(this.policies.stream(), Stream.of(own))
                .map(Part::abandonment)
                .filter(Objects::nonNull)
                .toList();
        this.abandonments = terms.isEmpty() ? List.of(AbandonmentTerms.DEFAULT) : terms;
        this.allRules = Stream.concat(this.policies.stream(), Stream.of(own))
                .flatMap(part -> part.rules().stream())
                .toList();
        this.historyMillis =
                allRules.stream().mapToLong(Rule::reachMillis).max().orElse(0);
    }

    private BindingRules bind(List<Territory> inside) {
        List<Part> parts = new ArrayList<>();
        for (Part policy : policies) {
            if (policy.territory() == null || inside.contains(policy.territory())) {
                parts.add(policy);
            }
        }
        boolean isUnbound = parts.isEmpty() && !policies.isEmpty();
        parts.add(own);
        List<HoursRule> hours =
                parts.stream().map(Part::hours).filter(Objects::nonNull).toList();
        List<Rule> rules = new ArrayList<>();
        parts.forEach(part -> rules.addAll(part.rules()));
        if (isUnbound) {
            rules.add(new NoPolicyRule(
                    campaign.source(), policies.stream().map(Part::source).collect(Collectors.joining(", "))));
        }
        rules.add(new OptOutRule(OptOut.Kind.REQUEST, campaign.campaign(), campaign.source()));
        rules.add(new OptOutRule(OptOut.Kind.COMPLAINT, campaign.campaign(), campaign.source()));
        rules.add(new CallerIdRule(campaign.source(), campaign.allottedCallerIds()));
        rules.add(new ApprovalRule(campaign.source()));
        String duty = parts.stream()
                .map(Part::recordingDuty)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(campaign.recording() == RecordingDirective.ALWAYS ? campaign.source() : null);
        if (duty != null) {
            rules.add(new RecordingRule(campaign.source(), duty));
        }
        RecordingDirective recording = duty == null ? campaign.recording() : RecordingDirective.ALWAYS;
        if (recording != RecordingDirective.NEVER && !campaign.isNone()) {
            parts.stream()
                    .map(Part::noticeDuty)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(notice ->
                            rules.add(new NoticeRule(campaign.source(), campaign.hasRecordingNotice(), notice)));
        }
        return new BindingRules(hours, rules, new Verdict.Permitted(recording));
    }

    @Override
    public Verdict judge(DialRequest request) {
        return binding.of(request.number()).judge(request);
    }

    @Override
    public List<CapLimit> capLimits(DialRequest request) {
        return binding.of(request.number()).capLimits(request);
    }

    @Override
    public long historyMillis() {
        return historyMillis;
    }

    @Override
    public int agentDayCap() {
        int cap = Integer.MAX_VALUE;
        for (Rule rule : allRules) {
            if (rule instanceof AgentDayRule agentDay) {
                cap = Math.min(cap, agentDay.atMost());
            }
        }
        return cap;
    }

    @Override
    public List<AbandonmentTerms> abandonments() {
        return abandonments;
    }

    @Override
    public Explanation explain(DialRequest request) {
        return new Explanation(
                judge(request),
                binding.of(request.number()).findings(request),
                notBinding(request.number()),
                nextPermitted(request));
    }

    private List<String> notBinding(PhoneNumber number) {
        return policies.stream()
                .filter(part -> part.territory() != null && !part.territory().binds(number))
                .map(Part::source)
                .toList();
    }

    /**
     * Finds the next permitted moment. A refusal ends at the earliest moment that its rule permits, so going from end
     * to end skips no permitted moment.
     */
    private long nextPermitted(DialRequest request) {
        DialRequest asked = request;
        for (int round = 0; round < SEARCH_ROUNDS; round++) {
            if (!(judge(asked) instanceof Refused refusal)) {
                return asked.atEpochMillis();
            }
            if (refusal.retryAtEpochMillis() == Refused.NEVER) {
                return Refused.NEVER;
            }
            asked = later(request, refusal.retryAtEpochMillis());
        }
        return Refused.NEVER;
    }

    private DialRequest later(DialRequest request, long atEpochMillis) {
        DialRequest.Builder later = request.at(atEpochMillis).recordingPossible(true);
        if (atEpochMillis >= NumberCapRule.nextDay(campaign.zone(), request.atEpochMillis())) {
            later.agentAttemptsToday(0).campaignAttemptsToday(0);
        }
        BudgetFacts budget = request.budget();
        boolean isNextMonth = atEpochMillis >= BudgetRule.nextMonth(campaign.zone(), request.atEpochMillis());
        later.budget(new BudgetFacts(budget.priceMicros(), isNextMonth ? 0 : budget.spentMicros(), 0));
        return later.build();
    }
}
