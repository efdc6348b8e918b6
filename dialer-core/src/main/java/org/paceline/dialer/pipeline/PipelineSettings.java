package org.paceline.dialer.pipeline;

import org.paceline.dialer.time.MomentSource;

/**
 * The settings of the rings.
 *
 * @param inboxSize slots of the inbox ring, a power of two
 * @param dialSize slots of the journal ring and of the dial ring, a power of two, at least the engine's {@code
 * maxPlanned}
 * @param storeSize slots of the store ring, a power of two, well over the engine's {@code maxUnstored}
 * @param journalBatch most attempts in one transaction
 * @param storeBatch most entries in one transaction
 * @param snapshotMillis how often a new snapshot is made
 * @param moments the clocks
 */
public record PipelineSettings(
        int inboxSize,
        int dialSize,
        int storeSize,
        int journalBatch,
        int storeBatch,
        long snapshotMillis,
        MomentSource moments) {

    /** @param moments the clocks */
    public static PipelineSettings withDefaults(MomentSource moments) {
        return new PipelineSettings(1 << 16, 1 << 10, 1 << 17, 64, 256, 200, moments);
    }
}
