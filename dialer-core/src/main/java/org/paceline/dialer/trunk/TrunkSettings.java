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
 * @param priority of a campaign's trunks with the same place, the one with the lower priority is tried first
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

    /** How many calls of campaigns the trunk takes at once at most. */
    public int channelsForCampaigns() {
        return channels - reservedChannels;
    }
}
