package org.paceline.rules.book;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.RuleId;
import org.paceline.rules.Territory;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.policy.BlockedNumbers;
import org.paceline.rules.policy.Cap;
import org.paceline.rules.policy.Policy;

/**
 * The rules of one policy, or of the campaign itself.
 *
 * @param source the policy or campaign that sets them
 * @param territory the numbers that they bind; null for all
 * @param hours its hours; null for any time
 * @param rules its other rules
 * @param recordingDuty the source of the duty to record every call; null where there is no such duty
 * @param noticeDuty the source of the duty to tell people that they are recorded; null where there is no such duty
 * @param abandonment its terms of abandoned calls, or null
 */
record Part(
        String source,
        @Nullable Territory territory,
        @Nullable HoursRule hours,
        List<Rule> rules,
        @Nullable String recordingDuty,
        @Nullable String noticeDuty,
        @Nullable AbandonmentTerms abandonment) {

    Part {
        rules = List.copyOf(rules);
    }

    static Part of(Policy policy, CampaignRules campaign) {
        String source = policy.id();
        Policy.Duties duties = policy.duties();
        List<Rule> rules = limits(source, policy.caps(), policy.blocked(), campaign);
        if (duties.consent() != null) {
            rules.add(new ConsentRule(
                    source, duties.consent().from(), duties.consent().citation()));
        }
        if (duties.script() != null) {
            rules.add(new ScriptRule(source, true, duties.script()));
        }
        if (duties.leadName() != null) {
            rules.add(new LeadNameRule(source, duties.leadName()));
        }
        if (duties.classOfService() != null && campaign.classOfService() == null && !campaign.isNone()) {
            rules.add(new ClassOfServiceRule(source, null, duties.classOfService()));
        }
        return new Part(
                source,
                policy.appliesTo(),
                hours(source, policy.hours()),
                rules,
                cited(source, duties.recording()),
                cited(source, duties.recordingNotice()),
                policy.abandonment());
    }

    private static @Nullable String cited(String source, @Nullable String citation) {
        return citation == null ? null : source + ": " + citation;
    }

    static Part of(CampaignRules campaign) {
        String source = campaign.source();
        List<Rule> rules = limits(source, campaign.caps(), campaign.blocked(), campaign);
        if (campaign.leadNameRequired() != null) {
            rules.add(new LeadNameRule(source, campaign.leadNameRequired()));
        }
        if (campaign.classOfService() != null) {
            rules.add(new ClassOfServiceRule(source, campaign.classOfService(), source));
        }
        if (campaign.hasScript()) {
            rules.add(new ScriptRule(source, false, source));
        }
        if (!campaign.grades().isEmpty()) {
            rules.add(new GradeRule(source, campaign.grades()));
        }
        if (campaign.budget().isLimited()) {
            rules.add(new BudgetRule(source, campaign.budget(), campaign.zone()));
        }
        return new Part(source, null, hours(source, campaign.hours()), rules, null, null, campaign.abandonment());
    }

    private static @Nullable HoursRule hours(String source, @Nullable CallingHours hours) {
        return hours == null ? null : new HoursRule(source, hours);
    }

    private static List<Rule> limits(String source, List<Cap> caps, BlockedNumbers blocked, CampaignRules campaign) {
        List<Rule> rules = new ArrayList<>();
        caps.forEach(cap -> rules.add(rule(source, cap, campaign)));
        if (!blocked.isEmpty()) {
            rules.add(new BlockedRule(source, blocked));
        }
        return rules;
    }

    private static Rule rule(String source, Cap cap, CampaignRules campaign) {
        return switch (cap) {
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
            case Cap.AgentDay agent -> new AgentDayRule(source, agent.atMost(), campaign.zone(), agent.citation());
            case Cap.CampaignDay day -> new CampaignDayRule(source, day.atMost(), campaign.zone(), day.citation());
            case Cap.NumberInCampaign number -> new NumberInCampaignRule(source, number.atMost(), number.citation());
            case Cap.GapAfter gap ->
                new GapAfterRule(source, gap.happening(), gap.least().toMillis(), gap.citation());
        };
    }
}
