package org.paceline.daemon.calls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many valid calls an agent should have a day ({@code daily.target}); null where there is no target.
 *
 * @param fresh calls with leads whom nobody talked with before
 * @param followUp calls with leads whom somebody talked with before, or that the list says to follow up
 * @param validAfter how long a talk must last at least to count
 */
public record DailyTarget(
        @Nullable Integer calls,
        @Nullable Integer fresh,
        @Nullable Integer followUp,
        Duration validAfter) {
    public static final DailyTarget NONE = new DailyTarget(null, null, null, Duration.ofSeconds(30));
}
