package org.paceline.bench.pacing.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.world.LabDay;

class LabRunnerTest {
    private static final int WAIT_SECONDS = 60;

    private final AtomicInteger ended = new AtomicInteger();
    private final List<String> labels = new ArrayList<>();

    @Test
    void shouldGiveTheSameRowsInTheSameOrderHoweverManyDaysRunAtOnce() throws Exception {
        LabPlan plan = plan(
                List.of("constant", "two-campaigns"), List.of(Contender.PREDICTIVE, Contender.RATIO), List.of(4), 2);

        List<Map<String, @Nullable Object>> one = rows(new LabRunner(1, ended::incrementAndGet), plan);
        List<Map<String, @Nullable Object>> three = rows(new LabRunner(3, ended::incrementAndGet), plan);

        assertThat(three).hasSize(4).isEqualTo(one);
        assertThat(one)
                .extracting(row -> row.get("scenario"))
                .startsWith("constant")
                .endsWith("two-campaigns");
        assertThat(one.get(1).get("factor")).as("of ratio, found in hindsight").isNotNull();
        assertThat(ended).as("runs, without the days of the search").hasValue(2 * 8);
    }

    @Test
    void shouldRunDaysOfDifferentCasesAtOnce() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);

        run(2, setup -> {
            await(both);
            return result();
        });

        assertThat(labels).containsExactly("predictive 2", "predictive 4");
    }

    @Test
    void shouldTellResultsInThePlansOrderWhenALaterCaseIsReadyFirst() throws Exception {
        CountDownLatch secondIsOver = new CountDownLatch(1);

        run(2, setup -> {
            if (setup.agents() == 2) {
                await(secondIsOver);
            } else {
                secondIsOver.countDown();
            }
            return result();
        });

        assertThat(labels).containsExactly("predictive 2", "predictive 4");
    }

    @Test
    void shouldFailWithWhatADayThrewAndStopTheOthers() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch stopped = new CountDownLatch(1);
        LabRunner runner = new LabRunner(
                setup -> {
                    begun.incrementAndGet();
                    if (setup.seed() <= 2) {
                        await(both);
                    }
                    if (setup.seed() == 1) {
                        throw new IllegalStateException("broken day");
                    }
                    awaitInterrupt(stopped);
                    return result();
                },
                2,
                ended::incrementAndGet);

        assertThatThrownBy(() -> runner.run(
                        plan(List.of("constant"), List.of(Contender.PREDICTIVE), List.of(2), 50), this::note))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken day");
        await(stopped);
        assertThat(begun)
                .as("the two at once, and one in the failed one's place")
                .hasValueLessThanOrEqualTo(3);
        assertThat(labels).isEmpty();
    }

    private void run(int threads, Function<LabDay.Setup, LabDay.Result> day) throws Exception {
        LabPlan plan = plan(List.of("constant"), List.of(Contender.PREDICTIVE), List.of(2, 4), 1);
        new LabRunner(day, threads, ended::incrementAndGet).run(plan, this::note);
        assertThat(ended).hasValue(2);
    }

    private void note(CaseResult result) {
        labels.add(result.of().label() + " " + result.row().agents());
    }

    private static List<Map<String, @Nullable Object>> rows(LabRunner runner, LabPlan plan) throws Exception {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        runner.run(plan, result -> {
            Map<String, @Nullable Object> values = result.row().values();
            values.keySet().removeIf(name -> name.startsWith("decisionMicros"));
            rows.add(values);
        });
        return rows;
    }

    private static LabPlan plan(List<String> scenarios, List<Contender> contenders, List<Integer> teams, int seeds)
            throws Exception {
        return LabPlan.of(
                new LabRequest(
                        scenarios, null, teams, contenders, PacingChange.parse(List.of()), null, 0.05, seeds, 1, null),
                _ -> {});
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("no other day runs at the same time", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitInterrupt(CountDownLatch stopped) {
        try {
            new CountDownLatch(1).await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    private static LabDay.Result result() {
        return new LabDay.Result(
                0.5, 0.5, 1, 1, 0, 10, 5, 0, 5, 0, Map.of(), List.of(), 0, 0, new Histogram(1_000, 3), null);
    }
}
