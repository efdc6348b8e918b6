package org.paceline.dialer.engine;

import java.time.ZoneId;

/**
 * What an engine is made with.
 *
 * @param firstCallId value of the first {@link org.paceline.dialer.id.CallId}; unique to this run of this node
 * @param zone the node's time zone, in which agents' days are counted
 * @param maxPlanned most attempts that wait for the journal; not more than the dial ring holds
 * @param maxUnstored most entries that wait for the store before nothing is placed any more
 * @param staleAfterMillis an attempt that the journal took longer for is dialled only if the pacer still wants it
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
