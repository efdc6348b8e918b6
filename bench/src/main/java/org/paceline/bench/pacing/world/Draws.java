package org.paceline.bench.pacing.world;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random numbers that are the same for all contenders: each thing that is drawn has a stream of its own, by its purpose
 * and its number, so that one pacer's decisions change nothing that another one meets. Thread: any (immutable).
 */
record Draws(long seed) {
    /** The purpose of a draw. */
    enum Purpose {
        /** The group that the n-th lead of a campaign's list belongs to. */
        LIST(0),
        /** The fate of a call to the lead. */
        FATE(0x632BE59BD9B4E019L),
        /** How long the n-th customer of a campaign talks, and the agent wraps up. */
        SERVICE(0xC657CB37B369C032L),
        /** How quick the n-th agent is. */
        PACE(0x9FB21C651E98DF25L);

        private final long salt;

        Purpose(long salt) {
            this.salt = salt;
        }
    }

    /**
     * @param campaign its place in the scenario
     * @param number the number of the lead, or customer
     */
    RandomGenerator of(Purpose purpose, int campaign, long number) {
        long state = mix(seed * 0x9E3779B97F4A7C15L + purpose.salt);
        return new SplittableRandom(mix(state + campaign * 0xD1342543DE82EF95L) ^ mix(number * 0xDA942042E4DD58B5L));
    }

    /** Mixes the bits by Stafford's variant 13 of the 64-bit finalizer of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
