package org.paceline.bench.pacing.contender;

import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.dialer.pacing.PacingSettings;

/**
 * A contender as it runs.
 *
 * @param factor found in hindsight; {@link #NO_FACTOR} where none was looked for
 * @param settings its campaigns'
 */
public record Entrant(Contender contender, double factor, PacingSettings settings) {
    public static final double NO_FACTOR = Double.NaN;

    /** One that has no factor, with settings as usual. */
    public static Entrant of(Contender contender) {
        return new Entrant(contender, NO_FACTOR, new PacingSettings(contender.mode(), 1, Integer.MAX_VALUE));
    }

    /** One with its factor, which is the campaign's lines for each agent where the mode is by these. */
    public static Entrant of(Contender contender, double factor) {
        double lines = contender.mode() == DialMode.RATIO ? factor : 1;
        return new Entrant(contender, factor, new PacingSettings(contender.mode(), lines, Integer.MAX_VALUE));
    }

    /** The same with other settings. */
    public Entrant with(PacingSettings other) {
        return new Entrant(contender, factor, other);
    }

    public boolean hasFactor() {
        return !Double.isNaN(factor);
    }

    /** As a report has it. */
    @Nullable
    public Double factorOrNull() {
        return hasFactor() ? factor : null;
    }

    public PacerFactory pacers(Futures futures) {
        return mode -> contender.pacer(mode, factor, futures);
    }
}
