package org.paceline.rules;

/**
 * Where a campaign stands in its approval ({@code campaign.approval}); only a running one within its term dials.
 *
 * @param state the approval state
 * @param fromEpochMillis first moment of the term, inclusive
 * @param untilEpochMillis end of the term, exclusive; {@link Long#MAX_VALUE} for open
 */
public record CampaignStanding(ApprovalState state, long fromEpochMillis, long untilEpochMillis) {

    public enum ApprovalState {
        DRAFT,
        SUBMITTED,
        APPROVED,
        RUNNING,
        ENDED
    }
}
