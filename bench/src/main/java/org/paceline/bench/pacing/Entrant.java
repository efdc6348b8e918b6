package org.paceline.bench.pacing;

import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.dialer.pacing.PacingSettings;

/**
 * A contender with the factor that it runs with.
 *
 * @param factor {@link #NO_FACTOR} where it has none
 */
record Entrant(Contender contender, double factor) {
    static final double NO_FACTOR = Double.NaN;

    /** One that has no factor. */
    static Entrant of(Contender contender) {
        return new Entrant(contender, NO_FACTOR);
    }

    boolean hasFactor() {
        return !Double.isNaN(factor);
    }

    PacerFactory pacers(Futures futures) {
        return _ -> contender.pacer(factor, futures);
    }

    /** The campaign's settings: the factor is the lines of a ratio mode, all else is the default. */
    PacingSettings settings() {
        double lines = contender.mode() == DialMode.RATIO && hasFactor() ? factor : 1;
        return new PacingSettings(contender.mode(), lines, Integer.MAX_VALUE);
    }
}
