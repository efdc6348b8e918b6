package org.paceline.dialer.engine;

import java.time.ZoneId;

/**
 * The settings of an engine.
 *
 * @param firstCallId value of the first {@link org.paceline.dialer.id.CallId}; unique to this run of this node
 * @param zone the node's time zone, in which agents' days are counted
 * @param maxPlanned how many attempts may wait for the journal; not more than the dial ring holds
 * @param maxUnstored how many entries may wait for the store; above that nothing more is placed
 * @param staleAfterMillis an attempt that took the journal longer than this is dialled only if the pacer still wants it
 */
public record EngineSettings(long firstCallId, ZoneId zone, int maxPlanned, int maxUnstored, long staleAfterMillis) {

    /** @param firstCallId as above */
    public static EngineSettings withDefaults(long firstCallId, ZoneId zone) {
        return new EngineSettings(firstCallId, zone, 512, 16_384, 1_000);
    }

    public EngineSettings {
        if (maxPlanned < 1 || maxUnstored < 1 || staleAfterMillis < 1) {
            throw new IllegalArgumentException("maxPlanned=" + maxPlanned + " maxUnstored=" + maxUnstored
                    + " staleAfterMillis=" + staleAfterMillis + ": each must be at least 1");
        }
    }
}
