package org.paceline.dialer.campaign;

import java.util.EnumMap;
import java.util.Map;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.lead.LeadNext;

/**
 * How often a lead is tried, and how long after which outcome.
 *
 * @param maxAttempts how many attempts that end by the callee's doing a lead gets in its campaign, at least 1
 * @param delayMillis wait before the next attempt, by outcome, milliseconds; an outcome that is not in it ends the lead
 */
public record RetryPlan(int maxAttempts, Map<Outcome, Long> delayMillis) {
    private static final long LONGEST_DOUBLED_MILLIS = 24 * 3_600_000L;
    private static final int MOST_DOUBLINGS = 16;

    public RetryPlan {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts=" + maxAttempts + ": must be at least 1");
        }
        delayMillis = Map.copyOf(delayMillis.isEmpty() ? Map.of() : new EnumMap<>(delayMillis));
    }

    /**
     * Returns what becomes of a lead after an attempt. An end that was not the callee's doing uses up no attempt: the
     * lead comes back after the outcome's delay, which doubles with each such end that the lead has had, up to a day.
     *
     * @param tries how many attempts count against the plan, this one included where it does
     * @param faults how many ends the lead had before that were not the callee's doing
     */
    public LeadNext after(Outcome outcome, Fault fault, int tries, int faults, long nowEpochMillis) {
        Long delay = delayMillis.get(outcome);
        if (delay == null || (fault == Fault.CALLEE && tries >= maxAttempts)) {
            return new LeadNext.Done();
        }
        long wait = fault == Fault.CALLEE ? delay : doubled(delay, faults);
        return new LeadNext.RetryAt(nowEpochMillis + wait, null);
    }

    private static long doubled(long delayMillis, int times) {
        long longest = Math.max(delayMillis, LONGEST_DOUBLED_MILLIS);
        return Math.min(longest, delayMillis << Math.min(times, MOST_DOUBLINGS));
    }
}
