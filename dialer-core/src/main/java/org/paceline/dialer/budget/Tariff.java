package org.paceline.dialer.budget;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier charges; the rate of the longest prefix holds.
 *
 * <p>Thread: any (immutable).
 *
 * @param rates by prefix, E.164 digits without {@code +}; {@link #ANY} for numbers without one of their own
 */
public record Tariff(Map<Long, Rate> rates) {
    public static final long ANY = 0;

    public Tariff {
        rates = Map.copyOf(rates);
    }

    /**
     * What an answered call costs; one that is not answered costs nothing.
     *
     * @param perMinuteMicros for each minute from the answer to the end
     * @param connectionMicros for the answer itself
     * @param firstMillis the least that is charged
     * @param nextMillis what comes after that is charged in steps of this length, the last one whole
     */
    public record Rate(long perMinuteMicros, long connectionMicros, long firstMillis, long nextMillis) {
        private static final long MILLIS_A_MINUTE = 60_000;

        public Rate {
            if (perMinuteMicros < 0 || connectionMicros < 0) {
                throw new IllegalArgumentException("perMinuteMicros=" + perMinuteMicros + " connectionMicros="
                        + connectionMicros + ": must be at least 0");
            }
            if (firstMillis < 1 || nextMillis < 1) {
                throw new IllegalArgumentException(
                        "firstMillis=" + firstMillis + " nextMillis=" + nextMillis + ": must be at least 1");
            }
        }

        /** Returns the cost in micros of money; a fraction of a micro counts as a whole one. */
        public long costMicros(long answeredMillis) {
            long beyond = Math.max(0, answeredMillis - firstMillis);
            long charged = firstMillis + Math.ceilDiv(beyond, nextMillis) * nextMillis;
            return connectionMicros + Math.ceilDiv(perMinuteMicros * charged, MILLIS_A_MINUTE);
        }
    }

    /** The rate of a number, or null where there is none. */
    public @Nullable Rate rate(long e164) {
        for (long prefix = e164; prefix > ANY; prefix /= 10) {
            Rate rate = rates.get(prefix);
            if (rate != null) {
                return rate;
            }
        }
        return rates.get(ANY);
    }
}
