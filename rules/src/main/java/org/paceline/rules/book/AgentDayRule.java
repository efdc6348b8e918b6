package org.paceline.rules.book;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.CapLimit;
import org.paceline.rules.CapLimit.Scope;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Limits the calls of one agent on one day in the call centre's own time zone. */
record AgentDayRule(String source, int atMost, ZoneId zone, String citation) implements LimitedRule {

    @Override
    public RuleId id() {
        return RuleId.CAP_AGENT_DAY;
    }

    @Override
    public String figure() {
        return atMost + " a day per agent";
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        return request.agentAttemptsToday() < atMost
                ? null
                : refused("at most " + figure(), nextDay(request.atEpochMillis()));
    }

    /** Returns when the call centre's next day begins, epoch milliseconds. */
    long nextDay(long epochMillis) {
        return NumberCapRule.nextDay(zone, epochMillis);
    }

    @Override
    public CapLimit limit(DialRequest request, long dayStartEpochMillis) {
        return new CapLimit(id(), Scope.AGENT, NumberCapRule.day(zone, request.atEpochMillis()), atMost);
    }
}
