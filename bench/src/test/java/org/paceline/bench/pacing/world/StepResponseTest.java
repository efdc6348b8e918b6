package org.paceline.bench.pacing.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.scenario.Scenarios;

/** A large team whose public changes every twenty minutes from 15 % to 40 % and back: what follows is a step, not a swing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepResponseTest {
    private static final int PERIOD_SECONDS = 1_200;
    private static final int PERIODS = 9;
    private static final int SETTLED_SECONDS = 240;
    private static final int AGENTS = 200;

    private LabDay.Result day;
    private DayTrace trace;

    @BeforeAll
    void run() {
        day = new LabDay(new LabDay.Setup(
                        Scenarios.named("switching"),
                        AGENTS,
                        PERIODS * PERIOD_SECONDS / 3_600.0,
                        1,
                        Entrant.of(Contender.PREDICTIVE),
                        1,
                        true))
                .run();
        trace = Objects.requireNonNull(day.trace());
    }

    /** Now and then a few answers look like a change for a moment. */
    @Test
    void shouldKnowTheNewRateFourMinutesAfterTheStep() {
        for (int period = 1; period < PERIODS; period++) {
            double from = (double) period * PERIOD_SECONDS + SETTLED_SECONDS;
            double truth = at(trace.trueRate(), from, from).getFirst();
            List<Double> estimates = at(trace.estimatedRate(), from, from + PERIOD_SECONDS - SETTLED_SECONDS - 10);
            assertThat(estimates.stream().filter(rate -> rate > 0.8 * truth && rate < 1.25 * truth))
                    .as("of period %s", period)
                    .hasSizeGreaterThan(estimates.size() * 9 / 10);
        }
    }

    /** The mean of each three minutes' calls stays near the mean of the period: it does not swing from too many to too few. */
    @Test
    void shouldKeepAsManyCallsRingingForTheRestOfThePeriod() {
        for (int period = 1; period < PERIODS; period++) {
            double from = (double) period * PERIOD_SECONDS + SETTLED_SECONDS;
            double whole = mean(trace.ringing(), from, (period + 1.0) * PERIOD_SECONDS - 10);
            for (double part = from; part + 180 <= (period + 1.0) * PERIOD_SECONDS; part += 180) {
                assertThat(mean(trace.ringing(), part, part + 170))
                        .as("calls ringing from second %s", part)
                        .isBetween(0.6 * whole, 1.4 * whole);
            }
        }
    }

    @Test
    void shouldKeepAgentsBusyAndTheLimitThroughAllSteps() {
        assertThat(day.utilisation()).isGreaterThan(0.95);
        assertThat(day.abandonedRatio()).isLessThan(0.03);
    }

    private double mean(List<Integer> samples, double from, double to) {
        return at(samples, from, to).stream().mapToInt(i -> i).average().orElseThrow();
    }

    /** The samples of these seconds, both ends included. */
    private <T> List<T> at(List<T> samples, double from, double to) {
        return IntStream.range(0, samples.size())
                .filter(i -> trace.seconds().get(i) >= from && trace.seconds().get(i) <= to)
                .mapToObj(samples::get)
                .toList();
    }
}
