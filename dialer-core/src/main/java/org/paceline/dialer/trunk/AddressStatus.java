package org.paceline.dialer.trunk;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;

/**
 * How one address of a trunk is now.
 *
 * @param host the host as configured
 * @param address {@code ip:port}
 * @param reason why it takes no calls, or only one at a time; null where it is up
 */
public record AddressStatus(
        TrunkId trunk,
        String host,
        String address,
        TrunkState state,
        @Nullable String reason) {}
