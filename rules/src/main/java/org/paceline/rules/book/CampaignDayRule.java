package org.paceline.rules.book;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.CapLimit;
import org.paceline.rules.CapLimit.Scope;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Limits the attempts of a campaign on one day of the call centre. */
record CampaignDayRule(String source, int atMost, ZoneId zone, String citation) implements LimitedRule {

    @Override
    public RuleId id() {
        return RuleId.CAP_CAMPAIGN_DAY;
    }

    @Override
    public String figure() {
        return atMost + " a day of the campaign";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        return request.campaignAttemptsToday() < atMost
                ? null
                : refused("at most " + figure(), NumberCapRule.nextDay(zone, request.atEpochMillis()));
    }

    @Override
    public CapLimit limit(DialRequest request, long dayStartEpochMillis) {
        return new CapLimit(id(), Scope.CAMPAIGN, NumberCapRule.day(zone, request.atEpochMillis()), atMost);
    }
}
