package org.paceline.rules.book;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.policy.BlockedNumbers;
import org.paceline.rules.policy.Cap;
import org.paceline.rules.policy.Policy;

/** Compiles policies and a campaign's own rules into its rule book. */
public final class RuleBooks {
    /** What holds where no policy and no campaign says anything of abandoned calls. */
    public static final AbandonmentTerms DEFAULT_ABANDONMENT =
            new AbandonmentTerms(0.03, 2_000, 24 * 3_600_000L, 15_000, "Paceline's default, as no policy sets a limit");

    private final List<HoursRule> hours = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final CampaignRules campaign;
    private @Nullable AbandonmentTerms abandonment;
    private @Nullable String recordingDuty;

    private RuleBooks(CampaignRules campaign) {
        this.campaign = campaign;
        this.abandonment = campaign.abandonment();
    }

    /**
     * The book that binds one campaign; loads the holiday calendars that its policies name.
     *
     * @param policies the campaign's policies, all of which must permit
     */
    public static ExplainedRuleBook compile(List<Policy> policies, CampaignRules campaign) {
        RuleBooks books = new RuleBooks(campaign);
        policies.forEach(books::add);
        return books.finish();
    }

    private void add(Policy policy) {
        addHours(policy.id(), policy.hours());
        addCaps(policy.id(), policy.caps());
        addBlocked(policy.id(), policy.blocked());
        if (policy.abandonment() != null) {
            abandonment = strictest(abandonment, policy.abandonment());
        }
        if (policy.recordingRequired() != null && recordingDuty == null) {
            recordingDuty = policy.id() + ": " + policy.recordingRequired();
        }
    }

    private ExplainedRuleBook finish() {
        String source = campaign.source();
        addHours(source, campaign.hours());
        addCaps(source, campaign.caps());
        addBlocked(source, campaign.blocked());
        rules.add(new OptOutRule(campaign.campaign(), source));
        rules.add(new CallerIdRule(source, campaign.allottedCallerIds()));
        rules.add(new ApprovalRule(source));
        RecordingDirective recording = recordingDuty == null ? campaign.recording() : RecordingDirective.ALWAYS;
        if (recording == RecordingDirective.ALWAYS) {
            rules.add(new RecordingRule(source, recordingDuty == null ? source : recordingDuty));
        }
        return new CompiledRuleBook(hours, rules, recording, abandonment == null ? DEFAULT_ABANDONMENT : abandonment);
    }

    private void addHours(String source, @Nullable CallingHours added) {
        if (added != null) {
            hours.add(new HoursRule(source, added));
        }
    }

    private void addCaps(String source, List<Cap> caps) {
        for (Cap cap : caps) {
            rules.add(
                    switch (cap) {
                        case Cap.NumberDay day -> new NumberCapRule.PerDay(source, day.atMost(), day.citation());
                        case Cap.NumberRolling rolling ->
                            new NumberCapRule.Rolling(
                                    RuleId.CAP_NUMBER_DAY,
                                    source,
                                    rolling.atMost(),
                                    rolling.period().toMillis(),
                                    rolling.citation());
                        case Cap.NumberGap gap ->
                            new NumberCapRule.Rolling(
                                    RuleId.GAP_NUMBER, source, 1, gap.least().toMillis(), gap.citation());
                        case Cap.AgentDay agent ->
                            new AgentDayRule(source, agent.atMost(), campaign.zone(), agent.citation());
                    });
        }
    }

    private void addBlocked(String source, BlockedNumbers blocked) {
        if (!blocked.isEmpty()) {
            rules.add(new BlockedRule(source, blocked));
        }
    }

    /** The lower limit with its window; the shorter time to connect; the longer ring. */
    private static AbandonmentTerms strictest(@Nullable AbandonmentTerms first, AbandonmentTerms second) {
        if (first == null) {
            return second;
        }
        boolean firstIsLower = first.limitRatio() != second.limitRatio()
                ? first.limitRatio() < second.limitRatio()
                : first.windowMillis() <= second.windowMillis();
        AbandonmentTerms lower = firstIsLower ? first : second;
        return new AbandonmentTerms(
                lower.limitRatio(),
                Math.min(first.connectWithinMillis(), second.connectWithinMillis()),
                lower.windowMillis(),
                Math.max(first.minimumRingMillis(), second.minimumRingMillis()),
                lower.citation());
    }
}
