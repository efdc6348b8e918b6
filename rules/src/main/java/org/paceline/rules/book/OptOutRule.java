package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.OptOut;
import org.paceline.rules.Verdict.Refused;

/** Whoever asked not to be called is not. */
record OptOutRule(String campaign, String source) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.OPTOUT;
    }

    @Override
    public String figure() {
        return "not while on a do-not-call list";
    }

    @Override
    public String citation() {
        return "do-not-call lists";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        OptOut optOut = request.optOut();
        if (optOut == null
                || request.atEpochMillis() >= optOut.untilEpochMillis()
                || !(optOut.campaign() == null || optOut.campaign().equals(campaign))) {
            return null;
        }
        return new Refused(
                id().text(),
                "on the do-not-call list" + (optOut.campaign() == null ? "" : " of the campaign"),
                "do-not-call entry from " + optOut.source(),
                optOut.untilEpochMillis());
    }
}
