package org.paceline.bench.pacing.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.contender.Search;
import org.paceline.bench.pacing.world.LabDay;

/**
 * Finds, in hindsight, the factor with which a contender would have been busiest at no more than 3 % of calls abandoned
 * in the mean of some days. No dialer knows it beforehand: a contender that has such a factor is shown at its best.
 *
 * <p>Thread: any; a thread that asks for a factor that another thread is looking for waits for it.
 */
public final class Tuning {
    /** The first seed of days of the search; no reported day has it or a higher one. */
    public static final long FIRST_SEED = 1_001;

    private static final double LIMIT = 0.03;
    /** After how many steps in a row that are worse than the best one the rest is taken to be worse too. */
    private static final int WORSE_IN_A_ROW = 3;

    private static final int MOST_DAYS = 8;
    private static final int LEAST_DAYS = 2;

    /**
     * How many agents' days a factor is tried on: larger teams have less chance in their days, and each of their days
     * takes longer.
     */
    private static final int AGENT_DAYS = 160;

    private final Map<Key, FutureTask<Double>> searches = new ConcurrentHashMap<>();

    private record Key(Object scenario, Contender contender, int agents, double hours) {}

    /** Runs some days with one factor. */
    @FunctionalInterface
    public interface Trial {
        Mean with(double factor) throws Exception;
    }

    /** The means over those days, both 0 to 1. */
    public record Mean(double utilisation, double abandonedRatio) {
        public static Mean of(List<LabDay.Result> days) {
            return new Mean(
                    days.stream()
                            .mapToDouble(LabDay.Result::utilisation)
                            .average()
                            .orElseThrow(),
                    days.stream()
                            .mapToDouble(LabDay.Result::abandonedRatio)
                            .average()
                            .orElseThrow());
        }

        public boolean keepsLimit() {
            return abandonedRatio <= LIMIT;
        }
    }

    /** Returns how many days a factor is tried on. */
    public static int days(int agents) {
        return Math.clamp(AGENT_DAYS / agents, LEAST_DAYS, MOST_DAYS);
    }

    /** Returns the contender with its best factor, looked for once for each scenario, team and length of day. */
    public Entrant entrant(Object scenario, Contender contender, int agents, double hours, Trial trial)
            throws Exception {
        Search search = contender.search();
        if (search == null) {
            return Entrant.of(contender);
        }
        FutureTask<Double> own = new FutureTask<>(() -> best(search, trial));
        FutureTask<Double> others = searches.putIfAbsent(new Key(scenario, contender, agents, hours), own);
        if (others == null) {
            own.run();
        }
        return Entrant.of(contender, factor(others == null ? own : others));
    }

    private static double factor(FutureTask<Double> search) throws Exception {
        try {
            return search.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Returns the best factor; where none keeps the limit, the first one, or the lowest of a bisection. */
    static double best(Search search, Trial trial) throws Exception {
        Tried tried = new Tried(trial);
        switch (search) {
            case Search.Bisection bisection -> bisect(bisection, tried);
            case Search.Growing growing -> refine(growing, tried);
        }
        return tried.best;
    }

    private static void bisect(Search.Bisection search, Tried tried) throws Exception {
        double low = search.low();
        double high = search.high();
        tried.best = low;
        while (high - low > search.precision()) {
            double middle = (low + high) / 2;
            if (tried.with(middle).keepsLimit()) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    private static void refine(Search.Growing search, Tried tried) throws Exception {
        tried.best = search.from();
        long centre = 0;
        int worse = 0;
        for (long i = 0; i <= search.last() && worse < WORSE_IN_A_ROW; i += Math.max(1, i / 3)) {
            Mean mean = tried.with(search.at(i));
            if (search.at(i) == tried.best) {
                centre = i;
                worse = 0;
            } else {
                worse = mean.keepsLimit() ? worse + 1 : worse;
            }
        }
        for (long stride = Math.ceilDiv(centre / 3, 2); stride > 0; stride /= 2) {
            tried.with(search.at(Math.max(0, centre - stride)));
            tried.with(search.at(Math.min(search.last(), centre + stride)));
            centre = Math.round(Math.abs(tried.best - search.from()) / search.step());
        }
    }

    /** The factors that were tried, each once, and the best of them. */
    private static final class Tried {
        private final Trial trial;
        private final Map<Double, Mean> means = new HashMap<>();
        private double best;
        private double utilisation;

        private Tried(Trial trial) {
            this.trial = trial;
        }

        private Mean with(double factor) throws Exception {
            Mean before = means.get(factor);
            if (before != null) {
                return before;
            }
            Mean mean = trial.with(factor);
            means.put(factor, mean);
            if (mean.keepsLimit() && mean.utilisation() > utilisation) {
                best = factor;
                utilisation = mean.utilisation();
            }
            return mean;
        }
    }
}
