package org.paceline.daemon.config;

import org.jspecify.annotations.Nullable;

/**
 * One of {@code teams}.
 *
 * @param leader one of {@link ApiConfig#leaders}, or null
 * @param onBreakAtMost how many agents of the team may be on break at once, or null for any number
 */
public record TeamConfig(
        String name, @Nullable String leader, @Nullable Integer onBreakAtMost) {}
