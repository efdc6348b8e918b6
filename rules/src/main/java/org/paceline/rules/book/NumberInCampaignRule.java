package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.CapLimit;
import org.paceline.rules.CapLimit.Scope;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/**
 * Limits the attempts of a campaign to one number, for as long as the campaign lasts. A number is one lead of a
 * campaign.
 */
record NumberInCampaignRule(String source, int atMost, String citation) implements LimitedRule {

    @Override
    public RuleId id() {
        return RuleId.CAP_NUMBER_CAMPAIGN;
    }

    @Override
    public String figure() {
        return atMost + " in this campaign";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        return request.lead().attempts() < atMost ? null : refused("at most " + figure(), Refused.NEVER);
    }

    @Override
    public CapLimit limit(DialRequest request, long dayStartEpochMillis) {
        return new CapLimit(id(), Scope.NUMBER_IN_CAMPAIGN, CapLimit.EVER, atMost);
    }
}
