package org.paceline.daemon.config;

import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * {@code node}: the daemon itself.
 *
 * @param zone the zone whose midnight ends an agent's day
 * @param currency the currency of tariffs and budgets, ISO 4217; null where nothing has a price
 * @param drainLimit how long live calls may last after SIGTERM
 * @param lease how long a node that shares the database holds its leads and calls without a sign of life
 */
public record NodeConfig(String name, ZoneId zone, @Nullable String currency, Duration drainLimit, Duration lease) {

    public NodeConfig withCurrency(@Nullable String other) {
        return new NodeConfig(name, zone, other, drainLimit, lease);
    }
}
