package org.paceline.bench.pacing;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.call.CallId;
import org.paceline.dialer.forecast.RecordGroup;

/** What the lab knows of the day's future and no dialer does. Times are the day's monotonic nanoseconds. */
interface Futures {
    /** When an agent who talks or wraps up will be free, {@link Long#MAX_VALUE} where that is not decided yet. */
    long freeAtNanos(AgentId agent);

    /** When somebody answers the call, unless it is given up before; {@link Long#MAX_VALUE} where nobody does. */
    long answersAtNanos(CallId call);

    /**
     * How long after its placement now the call would be answered that is placed after so many others, nanoseconds;
     * {@link Long#MAX_VALUE} where nobody would.
     *
     * @param group what is known of its record
     */
    long nextAnswersAfterNanos(int after, @Nullable RecordGroup group);
}
