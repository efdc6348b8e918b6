package org.paceline.bench.pacing.history;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Outcome;

/**
 * A call that was dialled and has ended. Times are epoch milliseconds, 0 where that never happened.
 *
 * @param segment the list's segment, or null
 * @param agent the agent who talked, or null
 * @param wrapUpSeconds length of the wrap-up, NaN where there was none
 */
public record PastCall(
        String campaign,
        @Nullable String segment,
        long dialled,
        long ringing,
        long answered,
        long connected,
        long ended,
        Outcome outcome,
        @Nullable String agent,
        double wrapUpSeconds) {

    /** Whether we gave the call up, so that nobody knows whether it would have been answered. */
    boolean isGivenUp() {
        return answered == 0 && (outcome == Outcome.CANCELLED || outcome == Outcome.INTERRUPTED);
    }
}
