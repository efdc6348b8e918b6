package org.paceline.dialer.state;

import org.paceline.dialer.call.CallState;

/**
 * How many of a campaign's live calls are in each state. Only {@link Call} counts.
 *
 * <p>Thread: engine only.
 */
@SuppressWarnings("EnumOrdinal") // an index within one run
public final class CallCounts {
    private final int[] calls = new int[CallState.values().length];

    void begins(CallState state) {
        calls[state.ordinal()]++;
    }

    void goes(CallState from, CallState to) {
        calls[from.ordinal()]--;
        calls[to.ordinal()]++;
    }

    void ends(CallState state) {
        calls[state.ordinal()]--;
    }

    public int in(CallState state) {
        return calls[state.ordinal()];
    }

    /** All live calls. */
    public int live() {
        int sum = 0;
        for (int count : calls) {
            sum += count;
        }
        return sum;
    }

    /** Calls that nobody has answered yet, also those that are not sent yet. */
    public int ringing() {
        return in(CallState.PLANNED) + in(CallState.DIALLING) + in(CallState.RINGING);
    }

    /** Calls that need an agent, or may need one once they are answered. */
    public int unassigned() {
        return ringing() + in(CallState.WAITING);
    }
}
