package org.paceline.dialer.agent;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * For how long an agent has been in each state. Immutable; cheap to make, because a snapshot holds one for each agent.
 */
public final class TimeInStates {
    private static final AgentState[] STATES = AgentState.values();

    private final long[] nanos;

    private TimeInStates(long[] nanos) {
        this.nanos = nanos;
    }

    /** @param nanos time in each state, nanoseconds, by the state's ordinal; not copied */
    public static TimeInStates ofNanos(long[] nanos) {
        return new TimeInStates(nanos);
    }

    @SuppressWarnings("EnumOrdinal") // within one run
    private long millis(AgentState state) {
        return nanos[state.ordinal()] / 1_000_000;
    }

    /** The states in which the agent spent any time, each with its milliseconds. */
    public Map<AgentState, Long> asMillis() {
        Map<AgentState, Long> all = new EnumMap<>(AgentState.class);
        for (AgentState state : STATES) {
            if (millis(state) > 0) {
                all.put(state, millis(state));
            }
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeInStates those && Arrays.equals(nanos, those.nanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nanos);
    }
}
