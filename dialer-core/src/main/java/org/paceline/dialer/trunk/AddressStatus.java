package org.paceline.dialer.trunk;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;

/**
 * How one address of a trunk is now.
 *
 * @param host the host as configured
 * @param address {@code ip:port}
 * @param reason why it takes no calls, or only one at a time; null where it is up
 * @param roundTripMicros how long the last OPTIONS took that was answered, microseconds; 0 where none was
 */
public record AddressStatus(
        TrunkId trunk,
        String host,
        String address,
        TrunkState state,
        @Nullable String reason,
        long roundTripMicros) {}
