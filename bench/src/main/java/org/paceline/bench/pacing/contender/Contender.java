package org.paceline.bench.pacing.contender;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.baseline.ExpectedFreePacer;
import org.paceline.bench.pacing.baseline.IssabelPacer;
import org.paceline.bench.pacing.baseline.LinesPerAgentPacer;
import org.paceline.bench.pacing.baseline.LinesPerIdlePacer;
import org.paceline.bench.pacing.baseline.VicidialPacer;
import org.paceline.bench.pacing.baseline.VicidialPacer.Method;
import org.paceline.bench.pacing.oracle.FutureAgents;
import org.paceline.bench.pacing.oracle.FutureCalls;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.oracle.TrueOutlook;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.Pacer;

/**
 * A way to pace that the lab compares; {@link #label} is its name on the command line. Some have a factor that somebody
 * must choose: they run with the factor that would have been best, found in hindsight on other days.
 */
@SuppressWarnings("ImmutableEnumChecker") // searches are records, and makers of pacers have no state
public enum Contender {
    PREDICTIVE(DialMode.PREDICTIVE, null, Making.OWN),
    PROGRESSIVE(DialMode.PROGRESSIVE, null, Making.OWN),
    /** The production mode with its guard; the factor is its lines for each idle agent. */
    RATIO(DialMode.RATIO, new Search.Growing(1, 7, 0.25), Making.OWN),
    LINES_PER_IDLE(new Search.Bisection(1, 8, 0.02), (_, lines, _) -> new LinesPerIdlePacer(lines)),
    LINES_PER_AGENT(new Search.Bisection(1, 4, 0.005), (_, lines, _) -> new LinesPerAgentPacer(lines)),
    EXPECTED_FREE(new Search.Bisection(0.05, 2, 0.004), (_, factor, _) -> new ExpectedFreePacer(factor)),
    VICIDIAL_HARD((_, _, _) -> new VicidialPacer(Method.HARD_LIMIT, 0)),
    VICIDIAL_AVERAGE((_, _, _) -> new VicidialPacer(Method.AVERAGE, 0)),
    VICIDIAL_TAPERED((_, _, _) -> new VicidialPacer(Method.TAPERED, 0)),
    /** VICIdial's dialling with the differential target that would have been best. */
    VICIDIAL_TUNED(new Search.Growing(0, -40, 1), (_, target, _) -> new VicidialPacer(Method.AVERAGE, target)),
    ISSABEL((_, _, _) -> new IssabelPacer(false)),
    ISSABEL_OVERCOMMIT((_, _, _) -> new IssabelPacer(true)),
    /** The production pacer, which is told the laws that the day is drawn by. */
    TRUE_PARAMETERS((_, _, futures) -> Pacer.predictive(new TrueOutlook(futures))),
    /** The production pacer, which is told when each busy agent will be free. */
    ORACLE_AGENTS((_, _, futures) -> Pacer.predictive(new FutureAgents(futures))),
    /** The production pacer, which is told each call's end once it is placed. */
    ORACLE_DIALLED((_, _, futures) -> Pacer.predictive(new FutureCalls(futures, false))),
    /** The production pacer, which is told each call's end before it is placed. */
    ORACLE_CALLS((_, _, futures) -> Pacer.predictive(new FutureCalls(futures, true)));

    private final DialMode mode;
    private final @Nullable Search search;
    private final Making making;

    /** Makes a pacer for one day. */
    @FunctionalInterface
    private interface Making {
        /** The production pacer of the campaign's mode. */
        Making OWN = (mode, _, _) -> Pacer.of(mode);

        Pacer of(DialMode mode, double factor, Futures futures);
    }

    Contender(Making making) {
        this(DialMode.PREDICTIVE, null, making);
    }

    Contender(Search search, Making making) {
        this(DialMode.PREDICTIVE, search, making);
    }

    Contender(DialMode mode, @Nullable Search search, Making making) {
        this.mode = mode;
        this.search = search;
        this.making = making;
    }

    /** The dial mode that its campaign is configured with. */
    public DialMode mode() {
        return mode;
    }

    /** Returns the label: {@code oracle-calls} for {@code ORACLE_CALLS}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the contender is one of the dialer's own modes, unchanged. */
    public boolean isOwnMode() {
        return name().equals(mode.name());
    }

    /** Returns the label that the command line reads and shows. */
    @Override
    public String toString() {
        return label();
    }

    /** Returns the search for its factor, or null where it has none. */
    @Nullable
    public Search search() {
        return search;
    }

    /** @param mode the mode in the campaign's settings, which a change may have made different from {@link #mode} */
    public Pacer pacer(DialMode mode, double factor, Futures futures) {
        return making.of(mode, factor, futures);
    }
}
