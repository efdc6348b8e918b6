package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/**
 * Refuses a call that must be recorded while it cannot be. Nobody knows when recordings can be written again, so the
 * refusal asks to be judged again after a minute rather than put the number off for ever.
 */
record RecordingRule(String source, String citation) implements Rule {
    static final long ASK_AGAIN_MILLIS = 60_000;

    @Override
    public RuleId id() {
        return RuleId.RECORD_REQUIRED;
    }

    @Override
    public String figure() {
        return "every call is recorded";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        return request.recordingPossible()
                ? null
                : refused(
                        "recordings cannot be written, and every call must be recorded",
                        request.atEpochMillis() + ASK_AGAIN_MILLIS);
    }
}
