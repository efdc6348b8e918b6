package org.paceline.bench.pacing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.baseline.ExpectedFreePacer;
import org.paceline.bench.pacing.baseline.IssabelPacer;
import org.paceline.bench.pacing.baseline.LinesPerAgentPacer;
import org.paceline.bench.pacing.baseline.LinesPerIdlePacer;
import org.paceline.bench.pacing.baseline.VicidialPacer;
import org.paceline.bench.pacing.baseline.VicidialPacer.Method;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.Pacer;

/**
 * A way to pace that the lab compares; {@link #label} is its name on the command line. Some have a factor that somebody must
 * choose: they run with the one that would have been best, found in hindsight on other days.
 */
@SuppressWarnings("ImmutableEnumChecker") // searches are records, and what makes pacers keeps nothing
enum Contender {
    PREDICTIVE(DialMode.PREDICTIVE, null, (_, _) -> Pacer.of(DialMode.PREDICTIVE)),
    PROGRESSIVE(DialMode.PROGRESSIVE, null, (_, _) -> Pacer.of(DialMode.PROGRESSIVE)),
    /** The production mode with its guard; the factor is its lines for each idle agent. */
    RATIO(DialMode.RATIO, new Search.Growing(1, 7, 0.25), (_, _) -> Pacer.of(DialMode.RATIO)),
    LINES_PER_IDLE(new Search.Bisection(1, 8, 0.02), (lines, _) -> new LinesPerIdlePacer(lines)),
    LINES_PER_AGENT(new Search.Bisection(1, 4, 0.005), (lines, _) -> new LinesPerAgentPacer(lines)),
    EXPECTED_FREE(new Search.Bisection(0.05, 2, 0.004), (factor, _) -> new ExpectedFreePacer(factor)),
    VICIDIAL_HARD((_, _) -> new VicidialPacer(Method.HARD_LIMIT, 0)),
    VICIDIAL_AVERAGE((_, _) -> new VicidialPacer(Method.AVERAGE, 0)),
    VICIDIAL_TAPERED((_, _) -> new VicidialPacer(Method.TAPERED, 0)),
    /** With the differential target that would have been best. */
    VICIDIAL_TUNED(new Search.Growing(0, -40, 1), (target, _) -> new VicidialPacer(Method.AVERAGE, target)),
    ISSABEL((_, _) -> new IssabelPacer(false)),
    ISSABEL_OVERCOMMIT((_, _) -> new IssabelPacer(true)),
    /** The production pacer, to which each busy agent's end is known. */
    ORACLE_AGENTS((_, futures) -> Pacer.predictive(new FutureAgents(futures))),
    /** The production pacer, to which each call's end is known once it is placed. */
    ORACLE_DIALLED((_, futures) -> Pacer.predictive(new FutureCalls(futures, false))),
    /** The production pacer, to which each call's end is known before it is placed. */
    ORACLE_CALLS((_, futures) -> Pacer.predictive(new FutureCalls(futures, true)));

    private final DialMode mode;
    private final @Nullable Search search;
    private final Making making;

    /** Makes a pacer of a day. */
    @FunctionalInterface
    private interface Making {
        Pacer of(double factor, Futures futures);
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
    DialMode mode() {
        return mode;
    }

    /** {@code oracle-calls} for {@code ORACLE_CALLS}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the command line reads and shows. */
    @Override
    public String toString() {
        return label();
    }

    /** Where its factor is looked for, or null where it has none. */
    @Nullable
    Search search() {
        return search;
    }

    Pacer pacer(double factor, Futures futures) {
        return making.of(factor, futures);
    }
}
