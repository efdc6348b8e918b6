package org.paceline.rules;

import org.jspecify.annotations.Nullable;

/**
 * Everything that a verdict depends on. The asker gathers the facts; the judge looks nothing up.
 *
 * @param number whom to call
 * @param atEpochMillis when, epoch milliseconds
 * @param callerId the caller ID to present, E.164 digits without {@code +}
 * @param history earlier attempts to the number, over all campaigns
 * @param optOut the do-not-call entry that covers the number now, or null
 * @param standing the campaign's approval
 * @param agentAttemptsToday attempts charged today to the agent whom this one would be charged to
 * @param recordingPossible whether a recording started now could be written
 */
public record DialRequest(
        PhoneNumber number,
        long atEpochMillis,
        long callerId,
        AttemptHistory history,
        @Nullable OptOut optOut,
        CampaignStanding standing,
        int agentAttemptsToday,
        boolean recordingPossible) {}
