package org.paceline.dialer.agent;

/**
 * An agent's load of one local day.
 *
 * @param attempts charged to the agent
 * @param calls talked on
 */
public record AgentDay(int attempts, int calls, long talkMillis) {
    /** The day of an agent who did nothing yet. */
    public static final AgentDay NONE = new AgentDay(0, 0, 0);
}
