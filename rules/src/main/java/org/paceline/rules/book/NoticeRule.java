package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Requires that people who are recorded are told so before the recording begins. */
record NoticeRule(String source, boolean hasNotice, String citation) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.RECORD_NOTICE;
    }

    @Override
    public String figure() {
        return "a notice before the recording";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        return hasNotice ? null : refused("the campaign records and names no recording-notice", Refused.NEVER);
    }
}
