package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Lets only a running campaign dial, within its approved term. */
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
        CampaignApproval.Obstacle obstacle = request.approval().obstacleAt(request.atEpochMillis());
        return obstacle == null ? null : refused(obstacle.reason(), obstacle.untilEpochMillis());
    }
}
