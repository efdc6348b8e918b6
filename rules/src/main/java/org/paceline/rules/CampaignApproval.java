package org.paceline.rules;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state of a campaign's approval ({@code campaign.approval}); only a running one within its term dials.
 *
 * @param state the approval state
 * @param fromEpochMillis first moment of the term, inclusive
 * @param untilEpochMillis end of the term, exclusive; {@link Long#MAX_VALUE} for open
 */
public record CampaignApproval(ApprovalState state, long fromEpochMillis, long untilEpochMillis) {

    public enum ApprovalState {
        DRAFT,
        SUBMITTED,
        APPROVED,
        RUNNING,
        ENDED
    }

    /**
     * Why the campaign may not dial, whatever the number.
     *
     * @param reason one line for people
     * @param untilEpochMillis when that ends by itself, {@link Long#MAX_VALUE} where only a change ends it
     */
    public record Obstacle(String reason, long untilEpochMillis) {}

    /** Whether it is running at that moment, and within its term. */
    public boolean runsAt(long epochMillis) {
        return state == ApprovalState.RUNNING && epochMillis >= fromEpochMillis && epochMillis < untilEpochMillis;
    }

    /** What keeps it from dialling at that moment, or null. */
    public @Nullable Obstacle obstacleAt(long epochMillis) {
        if (state != ApprovalState.RUNNING) {
            return new Obstacle(
                    "the campaign is " + state.name().toLowerCase(Locale.ROOT) + ", not running", Long.MAX_VALUE);
        }
        if (epochMillis < fromEpochMillis) {
            return new Obstacle("the campaign's term has not begun", fromEpochMillis);
        }
        return epochMillis < untilEpochMillis ? null : new Obstacle("the campaign's term is over", Long.MAX_VALUE);
    }
}
