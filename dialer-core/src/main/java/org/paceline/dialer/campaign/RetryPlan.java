package org.paceline.dialer.campaign;

import java.util.EnumMap;
import java.util.Map;
import org.paceline.dialer.call.Outcome;

/**
 * How often a lead is tried, and how long after which outcome.
 *
 * @param maxAttempts attempts a lead gets in its campaign, at least 1
 * @param delayMillis wait before the next attempt, by outcome, milliseconds; an outcome that is not in it ends the lead
 */
public record RetryPlan(int maxAttempts, Map<Outcome, Long> delayMillis) {

    public RetryPlan {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts=" + maxAttempts + ": must be at least 1");
        }
        delayMillis = Map.copyOf(delayMillis.isEmpty() ? Map.of() : new EnumMap<>(delayMillis));
    }

    /**
     * What becomes of a lead after an attempt.
     *
     * @param attempts how many it had, this one included
     */
    public LeadNext after(Outcome outcome, int attempts, long nowEpochMillis) {
        Long delay = delayMillis.get(outcome);
        if (delay == null || attempts >= maxAttempts) {
            return new LeadNext.Done();
        }
        return new LeadNext.RetryAt(nowEpochMillis + delay, null);
    }
}
