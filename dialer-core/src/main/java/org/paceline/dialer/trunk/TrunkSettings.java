package org.paceline.dialer.trunk;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.id.TrunkId;

/**
 * A trunk's limits.
 *
 * @param channels most calls at once
 * @param reservedChannels how many of them campaigns leave free ({@code channels.reserved}), fewer than all
 * @param callsPerSecond most new calls a second
 * @param priority lower is tried first among a campaign's trunks of equal place
 * @param tariff what calls over it cost, or null where nobody says
 */
public record TrunkSettings(
        TrunkId id,
        int channels,
        int reservedChannels,
        double callsPerSecond,
        int priority,
        @Nullable Tariff tariff) {

    public TrunkSettings {
        if (reservedChannels < 0 || reservedChannels >= channels) {
            throw new IllegalArgumentException(
                    "reservedChannels=" + reservedChannels + ": must be from 0 to below channels=" + channels);
        }
    }

    /** Most calls of campaigns at once. */
    public int channelsForCampaigns() {
        return channels - reservedChannels;
    }
}
