package org.paceline.sip.audio;

import java.util.Random;

/** Tells whether a sound is heard in another one, by correlation. */
public final class Likeness {

    private Likeness() {}

    /**
     * Makes noise as of speech, bursts of 100 to 300 ms with a pitch of their own, unlike that of any other seed.
     *
     * @param samples at 8 kHz
     */
    public static short[] babble(long seed, int samples) {
        Random random = new Random(seed);
        short[] sound = new short[samples];
        int at = 0;
        while (at < samples) {
            int length = 800 + random.nextInt(1_600);
            double hertz = 200 + random.nextInt(1_200);
            double loudness = 2_000 + random.nextInt(6_000);
            for (int i = 0; i < length && at < samples; i++, at++) {
                double swell = Math.sin(Math.PI * i / length);
                sound[at] = (short) (loudness * swell * Math.sin(2 * Math.PI * hertz * i / 8_000.0));
            }
        }
        return sound;
    }

    /**
     * Returns how like the heard sound is to a piece of the said one, wherever it begins: 1 for the same, about 0 for
     * another.
     *
     * @param said at 8 kHz, more than a second
     * @param heard at 8 kHz
     */
    public static double of(short[] said, short[] heard) {
        int length = Math.min(8_000, said.length);
        double best = 0;
        for (int from = 0; from + length <= said.length; from += length) {
            for (int lag = 0; lag + length <= heard.length; lag++) {
                best = Math.max(best, correlation(said, from, heard, lag, length));
            }
        }
        return best;
    }

    private static double correlation(short[] said, int from, short[] heard, int lag, int length) {
        double both = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < length; i += 2) {
            double a = said[from + i];
            double b = heard[lag + i];
            both += a * b;
            one += a * a;
            other += b * b;
        }
        return one == 0 || other == 0 ? 0 : both / Math.sqrt(one * other);
    }
}
