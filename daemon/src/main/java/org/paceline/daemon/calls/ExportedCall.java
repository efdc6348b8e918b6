package org.paceline.daemon.calls;

import org.jspecify.annotations.Nullable;

/**
 * A call as an export has it. Times are epoch milliseconds, 0 where that never happened.
 *
 * @param segment the lead's segment now, else its grade, or null
 * @param attempt 1 for the first call to the lead
 * @param outcome an {@link org.paceline.dialer.call.Outcome}, or a newer version's word; null while the call lasts
 * @param agent the agent who talked, or null
 * @param wrapUpMillis time from the end of the talk until the agent was free, paused or gone; -1 where there was none,
 * or it lasts
 */
record ExportedCall(
        long id,
        String campaign,
        @Nullable String segment,
        long e164,
        int attempt,
        KeptCall.Times times,
        @Nullable String outcome,
        @Nullable String agent,
        long wrapUpMillis) {}
