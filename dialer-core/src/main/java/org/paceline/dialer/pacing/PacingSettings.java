package org.paceline.dialer.pacing;

/**
 * How a campaign is paced.
 *
 * @param linesPerAgent calls for each free agent in {@code RATIO} mode, at least 1
 * @param maxLines most calls of the campaign at once
 * @param predictive the settings for {@code PREDICTIVE} mode
 */
public record PacingSettings(DialMode mode, double linesPerAgent, int maxLines, Predictive predictive) {

    public PacingSettings(DialMode mode, double linesPerAgent, int maxLines) {
        this(mode, linesPerAgent, maxLines, Predictive.DEFAULT);
    }

    public PacingSettings {
        if (!(linesPerAgent >= 1)) {
            throw new IllegalArgumentException("linesPerAgent=" + linesPerAgent + ": must be at least 1");
        }
        if (maxLines < 1) {
            throw new IllegalArgumentException("maxLines=" + maxLines + ": must be at least 1");
        }
    }

    /**
     * The settings for {@code PREDICTIVE} mode.
     *
     * @param maxAbandonmentRatio largest share of answered calls that may be abandoned, 0 to 1; where a policy has a
     *     lower limit, the lower one holds
     * @param aggressiveness the part of the limit that is aimed at, more than 0, at most 1
     * @param maxLinesPerAgent most calls without an agent for each signed-in agent, at least 1
     * @param minRingMillis how long a call must have rung before it may be given up
     * @param cancelsRiskyCalls whether a call that has rung that long is given up when there would be no agent for it
     * @param dayMillis how long a day of dialling lasts
     */
    public record Predictive(
            double maxAbandonmentRatio,
            double aggressiveness,
            double maxLinesPerAgent,
            long minRingMillis,
            boolean cancelsRiskyCalls,
            long dayMillis) {
        public static final Predictive DEFAULT = new Predictive(1, 1, 10, 15_000, true, 8 * 3_600_000L);

        public Predictive {
            if (!(maxAbandonmentRatio >= 0 && maxAbandonmentRatio <= 1)) {
                throw new IllegalArgumentException(
                        "maxAbandonmentRatio=" + maxAbandonmentRatio + ": must be from 0 to 1");
            }
            if (!(aggressiveness > 0 && aggressiveness <= 1)) {
                throw new IllegalArgumentException(
                        "aggressiveness=" + aggressiveness + ": must be more than 0 and at most 1");
            }
            if (!(maxLinesPerAgent >= 1)) {
                throw new IllegalArgumentException("maxLinesPerAgent=" + maxLinesPerAgent + ": must be at least 1");
            }
            if (minRingMillis < 0 || dayMillis < 1) {
                throw new IllegalArgumentException(
                        "minRingMillis=" + minRingMillis + " dayMillis=" + dayMillis + ": must be positive");
            }
        }
    }
}
