package org.paceline.dialer.lead;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.AgentId;

/**
 * A call that was promised to a lead.
 *
 * @param dueEpochMillis when; never dialled before
 * @param agent whose customer the lead is, or null for any agent's
 * @param attemptsBefore how many attempts of the lead had ended by the callee's doing when the call was promised
 */
public record Callback(
        long id, long dueEpochMillis, @Nullable AgentId agent, int attemptsBefore) {}
