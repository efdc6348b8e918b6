package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Refuses a lead without a name, because it was not screened. */
record LeadNameRule(String source, String citation) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.LIST_SCREENED;
    }

    @Override
    public String figure() {
        return "only leads with a name";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        return request.lead().named() ? null : refused("the lead has no name", Refused.NEVER);
    }
}
