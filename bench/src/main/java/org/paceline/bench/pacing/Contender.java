package org.paceline.bench.pacing;

import java.util.Locale;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacerFactory;

/** A way to pace that the lab compares; {@link #label} is its name on the command line. */
enum Contender {
    PREDICTIVE(DialMode.PREDICTIVE),
    PROGRESSIVE(DialMode.PROGRESSIVE),
    RATIO(DialMode.RATIO);

    private final DialMode mode;

    Contender(DialMode mode) {
        this.mode = mode;
    }

    /** The dial mode that its campaign is configured with. */
    DialMode mode() {
        return mode;
    }

    /** {@code oracle-calls} for {@code ORACLE_CALLS}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    PacerFactory pacers(Futures futures) {
        return Pacer::of;
    }
}
