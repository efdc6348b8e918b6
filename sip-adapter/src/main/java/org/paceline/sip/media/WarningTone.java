package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import org.paceline.sip.audio.G711;

/**
 * Two short beeps that are laid over what a peer hears.
 *
 * <p>Thread: media loop.
 */
final class WarningTone {
    private static final int BEEP_SAMPLES = G711.SAMPLE_RATE / 5;
    private static final int RAMP_SAMPLES = G711.SAMPLE_RATE / 200;
    private static final double HERTZ = 1_000;

    /** About 15 dB below full scale: it is heard over speech, and does not hurt. */
    private static final double AMPLITUDE = 5_800;

    private static final short[] SAMPLES = samples();

    static final int LENGTH_SAMPLES = 3 * BEEP_SAMPLES;

    private int position;
    private boolean alone;

    private static short[] samples() {
        short[] samples = new short[3 * BEEP_SAMPLES];
        for (int i = 0; i < BEEP_SAMPLES; i++) {
            double ramp = Math.min(1.0, Math.min(i, BEEP_SAMPLES - i) / (double) RAMP_SAMPLES);
            short sample = (short) Math.round(AMPLITUDE * ramp * Math.sin(2 * Math.PI * HERTZ * i / G711.SAMPLE_RATE));
            samples[i] = sample;
            samples[i + 2 * BEEP_SAMPLES] = sample;
        }
        return samples;
    }

    boolean ended() {
        return position >= SAMPLES.length;
    }

    /** Whether the last frame of the tone was one of our own, because nobody else sent any. */
    boolean isAlone() {
        return alone;
    }

    /**
     * Lays the next part of the tone over samples, in place.
     *
     * @param onOwnFrame whether the samples are a frame of our own
     */
    void mix(G711 law, ByteBuf buffer, int index, int length, boolean onOwnFrame) {
        alone = onOwnFrame;
        int end = index + Math.min(length, SAMPLES.length - position);
        for (int i = index; i < end; i++) {
            int sum = law.decode(buffer.getByte(i)) + SAMPLES[position++];
            buffer.setByte(i, law.encode((short) Math.clamp(sum, Short.MIN_VALUE, Short.MAX_VALUE)));
        }
    }
}
