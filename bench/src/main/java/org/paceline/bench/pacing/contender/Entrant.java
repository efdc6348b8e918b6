package org.paceline.bench.pacing.contender;

import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.dialer.pacing.PacingSettings;

/**
 * A contender as it runs.
 *
 * @param factor the factor found in hindsight; {@link #NO_FACTOR} where none was looked for
 * @param settings the settings of its campaigns
 */
public record Entrant(Contender contender, double factor, PacingSettings settings) {
    public static final double NO_FACTOR = Double.NaN;

    /** Makes an entrant without a factor, with the usual settings. */
    public static Entrant of(Contender contender) {
        return new Entrant(contender, NO_FACTOR, new PacingSettings(contender.mode(), 1, Integer.MAX_VALUE));
    }

    /** Makes an entrant with its factor; where the mode uses lines for each agent, the factor sets these. */
    public static Entrant of(Contender contender, double factor) {
        double lines = contender.mode() == DialMode.RATIO ? factor : 1;
        return new Entrant(contender, factor, new PacingSettings(contender.mode(), lines, Integer.MAX_VALUE));
    }

    /** Returns the same entrant with other settings. */
    public Entrant with(PacingSettings other) {
        return new Entrant(contender, factor, other);
    }

    public boolean hasFactor() {
        return !Double.isNaN(factor);
    }

    /** Returns the factor as a report has it, or null. */
    @Nullable
    public Double factorOrNull() {
        return hasFactor() ? factor : null;
    }

    public PacerFactory pacers(Futures futures) {
        return mode -> contender.pacer(mode, factor, futures);
    }
}
