package org.paceline.sip.simulation;

import org.paceline.sip.audio.G711;

/**
 * A sound like speech, two seconds that repeat: a few harmonics of a pitch, in syllables of a quarter of a second, with
 * a short pause for breath at the end. Made once for both laws.
 *
 * <p>Thread: any (immutable).
 */
final class Voice {

    /** A man's pitch and a woman's, so that both sides of a recording can be told apart. */
    static final Voice CUSTOMER = new Voice(120, true);

    static final Voice AGENT = new Voice(210, false);

    private static final int FRAMES = 100;
    private static final int SAMPLES = FRAMES * G711.FRAME_SAMPLES;
    private static final double SYLLABLES_PER_SECOND = 4;
    private static final double LOUDNESS = 6_000;
    private static final int BREATH_FROM_FRAME = 92;

    private final byte[] mu = new byte[SAMPLES];
    private final byte[] a = new byte[SAMPLES];

    private final boolean greets;

    private Voice(double pitchHertz, boolean greets) {
        this.greets = greets;
        for (int i = 0; i < SAMPLES; i++) {
            short sample = (short) sample(pitchHertz, i);
            mu[i] = G711.PCMU.encode(sample);
            a[i] = G711.PCMA.encode(sample);
        }
    }

    /** Whether the voice greets first and waits for a word before it goes on. */
    boolean greets() {
        return greets;
    }

    /** Returns the codes in the law; frame n begins at {@link #offset}. */
    byte[] codes(G711 law) {
        return law == G711.PCMU ? mu : a;
    }

    static int offset(long frame) {
        return (int) (frame % FRAMES) * G711.FRAME_SAMPLES;
    }

    private static double sample(double pitch, int index) {
        if (index / G711.FRAME_SAMPLES >= BREATH_FROM_FRAME) {
            return 0;
        }
        double time = index / (double) G711.SAMPLE_RATE;
        double syllable = Math.abs(Math.sin(Math.PI * SYLLABLES_PER_SECOND * time));
        double sound = 0;
        for (int harmonic = 1; harmonic <= 4; harmonic++) {
            sound += Math.sin(2 * Math.PI * pitch * harmonic * time) / harmonic;
        }
        return LOUDNESS * (0.2 + 0.8 * syllable) * sound / 2;
    }
}
