package org.paceline.dialer.trunk;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.paceline.dialer.id.TrunkId;

/**
 * What became of the INVITEs to a trunk's addresses, on this node since its start; one that was answered with a challenge and sent
 * again counts once. An attempt that goes to several addresses has several.
 *
 * <p>Thread: any (immutable).
 *
 * @param responses final responses by status; 200 for every answer
 * @param unanswered without a final response in time, or given up for another address
 * @param unsent could not be sent
 * @param failedOver how often an attempt went on to another address
 */
public record TrunkTraffic(
        TrunkId trunk, SortedMap<Integer, Long> responses, long unanswered, long unsent, long failedOver) {

    public TrunkTraffic {
        responses = Collections.unmodifiableSortedMap(new TreeMap<>(responses));
    }

    /** A trunk to which nothing was sent. */
    public static TrunkTraffic none(TrunkId trunk) {
        return new TrunkTraffic(trunk, new TreeMap<>(Map.of()), 0, 0, 0);
    }
}
