package org.paceline.sip.media;

import org.paceline.sip.audio.G711;

/**
 * How much audio a peer may still send: one and a half times the time that passed, to allow for clocks and bursts, and
 * two seconds more that the network may have held back. Audio beyond that is no speech, and would only grow queues.
 *
 * <p>Thread: media loop.
 */
final class AudioAllowance {

    static final long MOST_SAMPLES = 2L * G711.SAMPLE_RATE;
    private static final long NANOS_PER_SAMPLE = 1_000_000_000L / G711.SAMPLE_RATE * 2 / 3;

    private long samples = MOST_SAMPLES;
    private long filledNanos;
    private boolean started;

    /** @return whether that many samples may pass now */
    boolean take(int wanted, long nowNanos) {
        if (!started) {
            started = true;
            filledNanos = nowNanos;
        }
        long brought = (nowNanos - filledNanos) / NANOS_PER_SAMPLE;
        if (brought > 0) {
            samples = Math.min(MOST_SAMPLES, samples + brought);
            filledNanos = samples == MOST_SAMPLES ? nowNanos : filledNanos + brought * NANOS_PER_SAMPLE;
        }
        if (samples < wanted) {
            return false;
        }
        samples -= wanted;
        return true;
    }
}
