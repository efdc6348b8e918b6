package org.paceline.bench.pacing;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.dialer.pacing.PacingSettings;

/**
 * A contender as it runs.
 *
 * @param factor found in hindsight; {@link #NO_FACTOR} where none was looked for
 * @param settings its campaigns'
 */
record Entrant(Contender contender, double factor, PacingSettings settings) {
    static final double NO_FACTOR = Double.NaN;

    /** One that has no factor, with settings as usual. */
    static Entrant of(Contender contender) {
        return new Entrant(contender, NO_FACTOR, new PacingSettings(contender.mode(), 1, Integer.MAX_VALUE));
    }

    /** One with its factor, which is the campaign's lines for each agent where the mode is by these. */
    static Entrant of(Contender contender, double factor) {
        double lines = contender.mode() == DialMode.RATIO ? factor : 1;
        return new Entrant(contender, factor, new PacingSettings(contender.mode(), lines, Integer.MAX_VALUE));
    }

    /** The same with other settings. */
    Entrant with(PacingSettings other) {
        return new Entrant(contender, factor, other);
    }

    boolean hasFactor() {
        return !Double.isNaN(factor);
    }

    /** As a report has it. */
    @Nullable
    Double factorOrNull() {
        return hasFactor() ? factor : null;
    }

    PacerFactory pacers(Futures futures) {
        return mode -> contender.pacer(mode, factor, futures);
    }
}
