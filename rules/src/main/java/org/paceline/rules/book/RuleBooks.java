package org.paceline.rules.book;

import java.util.ArrayList;
import java.util.List;
import org.paceline.rules.ExplainedRuleBook;
import org.paceline.rules.policy.Policy;

/** Compiles policies and a campaign's own rules into its rule book. */
public final class RuleBooks {

    private RuleBooks() {}

    /**
     * The book that binds one campaign; loads the holiday calendars that its policies name.
     *
     * @param policies the campaign's policies; those that bind a number must all permit, and one at least must bind it
     */
    public static ExplainedRuleBook compile(List<Policy> policies, CampaignRules campaign) {
        List<Part> parts = new ArrayList<>();
        policies.forEach(policy -> parts.add(Part.of(policy, campaign)));
        return new CompiledRuleBook(parts, campaign);
    }
}
