package org.paceline.daemon.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.NumberRange;
import org.paceline.sip.trunk.TrunkAddress;

/**
 * One of {@code trunks}: a carrier or a gateway that takes calls.
 *
 * @param reservedChannels how many of the channels campaigns leave free
 * @param callerIds what the peer accepts; empty for anything
 * @param priority lower is tried first
 * @param redirects hosts beside its own that it may send calls on to
 * @param tariff what the carrier charges, or null
 */
public record TrunkConfig(
        TrunkId id,
        String host,
        int port,
        int channels,
        int reservedChannels,
        double callsPerSecond,
        List<NumberRange> callerIds,
        int priority,
        TrunkAddress.Probe probe,
        Duration probeInterval,
        List<InetAddress> redirects,
        @Nullable Tariff tariff) {

    /** Whether the peer takes calls from it. */
    public boolean accepts(long callerId) {
        return callerIds.isEmpty() || callerIds.stream().anyMatch(range -> range.contains(callerId));
    }
}
