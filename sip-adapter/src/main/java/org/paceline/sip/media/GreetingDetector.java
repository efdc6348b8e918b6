package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.paceline.sip.audio.G711;

/**
 * Finds the called party's first words in the audio that they send: where the sound begins, and where it ends before
 * the first pause that is too long to be one within a greeting. A packet is sound by its mean magnitude; clicks are
 * not. Silence is measured by the media's time or by the wall clock, whichever reaches the limit first, so that the end
 * is found also where nothing is sent during silence.
 *
 * <p>The shortest word, the silence after a greeting and the threshold are the defaults of Asterisk's {@code app_amd}.
 *
 * <p>Thread: media loop.
 */
final class GreetingDetector {
    /** The mean magnitude of a packet's samples above which the packet is sound. */
    static final int THRESHOLD = 256;

    static final long SHORTEST_WORD_MILLIS = 100;

    /** The longest silence that does not end a word. */
    static final long WITHIN_WORD_MILLIS = 50;

    /** How long nothing must come to be silence, and not only the time between two packets. */
    static final long BETWEEN_PACKETS_MILLIS = 250;

    static final long SILENCE_AFTER_MILLIS = 800;

    private static final int SAMPLES_PER_MILLI = G711.SAMPLE_RATE / 1000;

    private final GreetingListener listener;

    private boolean begun;
    private boolean ended;
    private long wordFromNanos;
    private long lastSoundNanos;
    private long soundSamples;
    private long silentSamples;

    GreetingDetector(GreetingListener listener) {
        this.listener = listener;
    }

    /** Takes a packet's audio, which has ended now. */
    void packet(G711 law, ByteBuf buffer, int index, int length, long nowNanos) {
        if (ended) {
            return;
        }
        if (isSound(law, buffer, index, length)) {
            sound(length, nowNanos);
        } else {
            silentSamples += length;
            time(nowNanos);
        }
    }

    /** Takes the time, whether or not a packet comes. */
    void time(long nowNanos) {
        if (ended || soundSamples == 0) {
            return;
        }
        long mediaSilence = silentSamples / SAMPLES_PER_MILLI;
        long wallSilence = TimeUnit.NANOSECONDS.toMillis(nowNanos - lastSoundNanos);
        if (!begun && (mediaSilence >= WITHIN_WORD_MILLIS || wallSilence >= BETWEEN_PACKETS_MILLIS)) {
            soundSamples = 0;
        } else if (begun && (mediaSilence >= SILENCE_AFTER_MILLIS || wallSilence >= SILENCE_AFTER_MILLIS)) {
            ended = true;
            listener.greetingEnded(lastSoundNanos);
        }
    }

    private void sound(int samples, long nowNanos) {
        time(nowNanos);
        if (ended) {
            return;
        }
        if (soundSamples == 0) {
            wordFromNanos = nowNanos - TimeUnit.MILLISECONDS.toNanos(samples / SAMPLES_PER_MILLI);
        }
        soundSamples += samples;
        silentSamples = 0;
        lastSoundNanos = nowNanos;
        if (!begun && soundSamples >= SHORTEST_WORD_MILLIS * SAMPLES_PER_MILLI) {
            begun = true;
            listener.greetingBegan(wordFromNanos);
        }
    }

    private static boolean isSound(G711 law, ByteBuf buffer, int index, int length) {
        long sum = 0;
        for (int i = index; i < index + length; i++) {
            sum += Math.abs(law.decode(buffer.getByte(i)));
        }
        return sum > (long) THRESHOLD * length;
    }
}
