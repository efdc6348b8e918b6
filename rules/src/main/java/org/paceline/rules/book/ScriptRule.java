package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Requires that agents read from the approved script, and that nobody has altered it. */
record ScriptRule(String source, boolean isRequired, String citation) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.SCRIPT_FIXED;
    }

    @Override
    public String figure() {
        return isRequired ? "an approved script, unaltered" : "the script, if there is one, unaltered";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        return switch (request.script()) {
            case APPROVED -> null;
            case NONE -> isRequired ? refused("the campaign names no approved script", Refused.NEVER) : null;
            case ALTERED -> refused("the script's text is not the approved one", Refused.NEVER);
        };
    }
}
