package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.OptOut;
import org.paceline.rules.OptOut.Kind;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Refuses numbers of people who asked not to be called, or complained. */
record OptOutRule(Kind kind, String campaign, String source) implements Rule {

    @Override
    public RuleId id() {
        return switch (kind) {
            case REQUEST -> RuleId.OPTOUT;
            case COMPLAINT -> RuleId.COMPLAINT;
        };
    }

    @Override
    public String figure() {
        return switch (kind) {
            case REQUEST -> "not while on a do-not-call list";
            case COMPLAINT -> "not while a complaint blocks the number";
        };
    }

    @Override
    public String citation() {
        return switch (kind) {
            case REQUEST -> "do-not-call lists";
            case COMPLAINT -> "complaints";
        };
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        OptOut optOut = request.optOut();
        if (optOut == null
                || optOut.kind() != kind
                || request.atEpochMillis() >= optOut.untilEpochMillis()
                || !(optOut.campaign() == null || optOut.campaign().equals(campaign))) {
            return null;
        }
        String scope = optOut.campaign() == null ? "" : " of the campaign";
        return switch (kind) {
            case REQUEST ->
                new Refused(
                        id(),
                        "on the do-not-call list" + scope,
                        "do-not-call entry from " + optOut.source(),
                        optOut.untilEpochMillis());
            case COMPLAINT ->
                new Refused(id(), "blocked by a complaint" + scope, optOut.source(), optOut.untilEpochMillis());
        };
    }
}
