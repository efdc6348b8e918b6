package org.paceline.daemon.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shift. Times are epoch milliseconds.
 *
 * @param campaigns the campaigns signed in to
 * @param signedOutAtEpochMillis 0 while it lasts
 * @param reason why the dialer ended it, or null where it lasts or the agent was signed out by command
 */
public record AgentSession(
        String node,
        List<String> campaigns,
        long signedInAtEpochMillis,
        long signedOutAtEpochMillis,
        @Nullable String reason) {}
