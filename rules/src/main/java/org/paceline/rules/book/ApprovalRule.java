package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.CampaignStanding;
import org.paceline.rules.CampaignStanding.ApprovalState;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.yaml.ScalarType;

/** Only a running campaign dials, within its approved term. */
record ApprovalRule(String source) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.CAMPAIGN_APPROVAL;
    }

    @Override
    public String figure() {
        return "running and within its term";
    }

    @Override
    public String citation() {
        return source;
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        CampaignStanding standing = request.standing();
        if (standing.state() != ApprovalState.RUNNING) {
            return refused("the campaign is " + ScalarType.written(standing.state()) + ", not running", Refused.NEVER);
        }
        if (request.atEpochMillis() < standing.fromEpochMillis()) {
            return refused("the campaign's term has not begun", standing.fromEpochMillis());
        }
        return request.atEpochMillis() < standing.untilEpochMillis()
                ? null
                : refused("the campaign's term is over", Refused.NEVER);
    }
}
