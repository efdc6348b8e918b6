package org.paceline.rules.book;

import java.util.ArrayList;
import java.util.List;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.policy.Policy;

/** Compiles policies and a campaign's own rules into its rule book. */
public final class RuleBooks {

    private RuleBooks() {}

    /**
     * Compiles the rule book of one campaign; this loads the holiday calendars that its policies name.
     *
     * @param policies the campaign's policies; all of those that bind a number must permit a dial, and at least one
     * must bind it
     */
    public static ExplainedRuleBook compile(List<Policy> policies, CampaignRules campaign) {
        List<Part> parts = new ArrayList<>();
        policies.forEach(policy -> parts.add(Part.of(policy, campaign)));
        return new CompiledRuleBook(parts, campaign);
    }
}
