package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.policy.Cap.GapAfter.Happening;

/** Lets a number rest after a conversation, a refusal or an abandoned call. */
record GapAfterRule(String source, Happening happening, long leastMillis, String citation) implements Rule {
    /** The longest call. A history knows calls by their beginning, but the time runs from their end. */
    private static final long LONGEST_CALL_MILLIS = 24 * 3_600_000L;

    @Override
    public RuleId id() {
        return switch (happening) {
            case CONVERSATION -> RuleId.GAP_CONVERSATION;
            case REFUSAL -> RuleId.GAP_REFUSAL;
            case ABANDONED_CALL, ABANDONED_CALL_UNLESS_RESERVED -> RuleId.GAP_ABANDONED;
        };
    }

    @Override
    public String figure() {
        String least = NumberCapRule.period(leastMillis);
        return switch (happening) {
            case CONVERSATION -> "none within " + least + " of a conversation";
            case REFUSAL -> "none within " + least + " of a refusal";
            case ABANDONED_CALL -> "none within " + least + " of an abandoned call";
            case ABANDONED_CALL_UNLESS_RESERVED ->
                "none within " + least + " of an abandoned call, unless an agent is kept free for it";
        };
    }

    @Override
    public long reachMillis() {
        return leastMillis + LONGEST_CALL_MILLIS;
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        long last = last(request.history());
        if (last == AttemptHistory.NEVER || request.atEpochMillis() >= last + leastMillis) {
            return null;
        }
        boolean isReserved = happening == Happening.ABANDONED_CALL_UNLESS_RESERVED && request.agentReserved();
        return isReserved ? null : refused(figure(), last + leastMillis);
    }

    private long last(AttemptHistory history) {
        return switch (happening) {
            case CONVERSATION -> history.lastConversationEpochMillis();
            case REFUSAL -> history.lastRefusedEpochMillis();
            case ABANDONED_CALL, ABANDONED_CALL_UNLESS_RESERVED -> history.lastAbandonedEpochMillis();
        };
    }
}
