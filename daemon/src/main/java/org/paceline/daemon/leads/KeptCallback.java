package org.paceline.daemon.leads;

import org.jspecify.annotations.Nullable;

/**
 * A promised call as it is kept. Times are epoch milliseconds.
 *
 * @param e164 digits without {@code +}
 * @param agent the agent whose callback it is, or null for any agent's
 * @param madeBy who made it: {@code agent:alice}, {@code supervisor:boss}
 * @param done null unless it was kept
 */
public record KeptCallback(
        long id,
        long lead,
        String campaign,
        long e164,
        @Nullable String agent,
        long dueAtEpochMillis,
        String madeBy,
        long madeAtEpochMillis,
        State state,
        @Nullable Done done,
        @Nullable String note) {

    /** @param atEpochMillis when an agent was connected */
    public record Done(long call, long atEpochMillis) {}

    public enum State {
        OPEN,
        /** An agent was connected. */
        DONE,
        /** The lead had its last attempt, or no rule will ever permit one. */
        MISSED,
        /** The promise was taken back, or another one replaced it. */
        CANCELLED
    }
}
