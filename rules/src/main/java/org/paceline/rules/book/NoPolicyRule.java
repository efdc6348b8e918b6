package org.paceline.rules.book;

import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** A number that none of the campaign's policies binds is in a place that nobody thought of. */
record NoPolicyRule(String source, String policies) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.POLICY_NONE;
    }

    @Override
    public String figure() {
        return "only where one of " + policies + " applies";
    }

    @Override
    public String citation() {
        return source;
    }

    @Override
    public Refused judge(DialRequest request, long dayStartEpochMillis) {
        return refused("none of " + policies + " applies to the number's place", Refused.NEVER);
    }
}
