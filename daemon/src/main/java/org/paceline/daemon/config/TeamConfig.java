package org.paceline.daemon.config;

import org.jspecify.annotations.Nullable;

/**
 * One of {@code teams}.
 *
 * @param leader of {@link ApiConfig#leaders}, or null
 * @param onBreakAtMost most agents of the team on break at once, or null for any number
 */
public record TeamConfig(
        String name, @Nullable String leader, @Nullable Integer onBreakAtMost) {}
