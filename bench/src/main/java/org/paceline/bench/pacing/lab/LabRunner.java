package org.paceline.bench.pacing.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.report.LabRow;
import org.paceline.bench.pacing.world.LabDay;

/**
 * Runs a plan. Runs depend on nothing but their setup, so those of different cases run side by side, the plan's first ones first; a case
 * whose factor must be found goes through its search meanwhile. Results come in the plan's order.
 *
 * <p>Thread: one at a time; days run on threads of its own, {@code lab-day-N}.
 */
public final class LabRunner {
    private final Function<LabDay.Setup, LabDay.Result> day;
    private final int threads;
    private final Runnable runEnded;
    private final Tuning tuning = new Tuning();
    private final AtomicLong submitted = new AtomicLong();

    /**
     * @param threads how many days run at once
     * @param runEnded called after each run, from any thread, but not after days of a search
     */
    public LabRunner(int threads, Runnable runEnded) {
        this(setup -> new LabDay(setup).run(), threads, runEnded);
    }

    LabRunner(Function<LabDay.Setup, LabDay.Result> day, int threads, Runnable runEnded) {
        this.day = day;
        this.threads = threads;
        this.runEnded = runEnded;
    }

    /** A day that waits for a thread. */
    private static final class PlannedDay extends FutureTask<LabDay.Result> implements Comparable<PlannedDay> {
        private final int place;
        private final long number;

        /** @param place the place of its case in the plan */
        private PlannedDay(Function<LabDay.Setup, LabDay.Result> day, LabDay.Setup setup, int place, long number) {
            super(() -> day.apply(setup));
            this.place = place;
            this.number = number;
        }

        @Override
        public int compareTo(PlannedDay other) {
            int byPlace = Integer.compare(place, other.place);
            return byPlace == 0 ? Long.compare(number, other.number) : byPlace;
        }
    }

    /**
     * @param results gets one result for each case, in the plan's order, on the calling thread
     * @throws Exception the exception that a day threw; no other day begins then
     */
    public void run(LabPlan plan, Consumer<CaseResult> results) throws Exception {
        ThreadPoolExecutor days = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.MILLISECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().name("lab-day-", 1).daemon().factory());
        try (ExecutorService cases = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                List<Future<CaseResult>> running = new ArrayList<>();
                for (int i = 0; i < plan.cases().size(); i++) {
                    LabCase one = plan.cases().get(i);
                    int place = i;
                    running.add(cases.submit(() -> run(one, place, days)));
                }
                for (Future<CaseResult> result : running) {
                    results.accept(await(result));
                }
            } finally {
                days.shutdownNow();
                cases.shutdownNow();
            }
        }
    }

    private CaseResult run(LabCase one, int place, ThreadPoolExecutor days) throws Exception {
        Entrant entrant = entrant(one, place, days);
        List<LabDay.Result> results = run(one.runs(entrant), place, days, runEnded);
        LabRow row =
                LabRow.of(one.subject().scenario().name(), one.label(), one.agents(), results, entrant.factorOrNull());
        return new CaseResult(one, row, results.getFirst().trace());
    }

    /**
     * Makes the entrant, with the factor that would have been the best where somebody must choose one and nobody did.
     */
    private Entrant entrant(LabCase one, int place, ThreadPoolExecutor days) throws Exception {
        if (one.settings() != null) {
            return Entrant.of(one.contender()).with(one.settings());
        }
        Subject subject = one.subject();
        return tuning.entrant(
                subject.scenario(),
                one.contender(),
                one.agents(),
                subject.hours(),
                factor -> Tuning.Mean.of(run(one.trials(factor), place, days, () -> {})));
    }

    private List<LabDay.Result> run(List<LabDay.Setup> setups, int place, ThreadPoolExecutor days, Runnable afterEach)
            throws Exception {
        List<PlannedDay> planned = new ArrayList<>();
        for (LabDay.Setup setup : setups) {
            Function<LabDay.Setup, LabDay.Result> counted = day.andThen(result -> {
                afterEach.run();
                return result;
            });
            planned.add(new PlannedDay(counted, setup, place, submitted.getAndIncrement()));
        }
        planned.forEach(days::execute);
        List<LabDay.Result> results = new ArrayList<>();
        for (PlannedDay one : planned) {
            results.add(await(one));
        }
        return results;
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
