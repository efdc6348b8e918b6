package org.paceline.dialer.state;

import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.TimeInStates;

/**
 * How long an agent has been in each state; time signed out does not count.
 *
 * <p>Thread: engine only.
 */
@SuppressWarnings("EnumOrdinal") // within one run; snapshots read it for ten thousand agents
final class StateTimes {
    private final long[] nanos = new long[AgentState.values().length];

    void add(AgentState state, long spent) {
        if (state != AgentState.SIGNED_OUT) {
            nanos[state.ordinal()] += spent;
        }
    }

    /** Returns the times with those of a running state added. */
    TimeInStates with(AgentState running, long spent) {
        long[] all = nanos.clone();
        if (running != AgentState.SIGNED_OUT) {
            all[running.ordinal()] += spent;
        }
        return TimeInStates.ofNanos(all);
    }
}
