package org.paceline.dialer.agent;

import java.util.List;
import org.paceline.dialer.id.AgentId;

/**
 * Agents under one leader.
 *
 * @param onBreakAtMost how many of them may be on break at once; {@link Integer#MAX_VALUE} for no such quota
 */
public record Team(String name, int onBreakAtMost, List<AgentId> members) {

    public Team {
        members = List.copyOf(members);
        if (onBreakAtMost < 1) {
            throw new IllegalArgumentException("onBreakAtMost=" + onBreakAtMost + ": must be at least 1");
        }
    }
}
