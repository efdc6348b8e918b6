package org.paceline.bench.pacing.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.Outcome;

class HistoryFitTest {
    private static final Percentage FEW_PERCENT = Percentage.withPercentage(6);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldFindTheLawsAgain(long seed) throws Exception {
        FittedLaws laws = fit(seed, 0);

        assertThat(laws.ring().mean()).isCloseTo(10, FEW_PERCENT);
        assertThat(laws.setUp().mean()).isCloseTo(1, FEW_PERCENT);
        assertThat(laws.unanswered().mean()).isCloseTo(25, within(0.01));
        assertThat(laws.talk().mean()).isCloseTo(120, FEW_PERCENT);
        assertThat(laws.talk().quantile(0.5)).isCloseTo(120 / Math.sqrt(2), FEW_PERCENT);
        assertThat(laws.wrapUp().mean()).isCloseTo(15, FEW_PERCENT);
        assertThat(laws.wrapUp().quantile(0.9)).isCloseTo(15 * Math.log(10), Percentage.withPercentage(8));
        assertChancesOf(laws);
        assertThat(laws.machines().share()).isCloseTo(0.1, within(0.015));
        SampleLaw detection = Objects.requireNonNull(laws.machines().detection());
        assertThat(detection.mean()).isCloseTo(3, within(0.01));
        assertThat(laws.failures())
                .extracting(FittedLaws.Failure::outcome)
                .containsExactly(Outcome.BUSY, Outcome.INVALID_NUMBER);
        assertThat(laws.failures().get(0).share()).isCloseTo(0.08, within(0.01));
        assertThat(laws.failures().get(0).after().mean()).isCloseTo(2, within(0.01));
        assertThat(laws.failures().get(1).share()).isCloseTo(0.04, within(0.01));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldNotTakeCallsThatWereGivenUpForUnanswered(long seed) throws Exception {
        FittedLaws laws = fit(seed, 0.7);

        assertThat(laws.basis().givenUp()).isGreaterThan(4_000);
        assertThat(laws.ring().mean()).isCloseTo(10, FEW_PERCENT);
        assertThat(laws.ring().quantile(0.9)).isCloseTo(15.3, Percentage.withPercentage(8));
        assertChancesOf(laws);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldKnowTheDayAndWhoWasThere(long seed) throws Exception {
        FittedLaws laws = fit(seed, 0);

        assertThat(laws.basis().days()).isEqualTo(10);
        assertThat(laws.basis().firstHourUtc()).isEqualTo(22);
        assertThat(laws.basis().calls()).isEqualTo(24_000);
        assertThat(laws.basis().campaigns()).isEqualTo(1);
        List<FittedLaws.Hour> hours = laws.hours();
        assertThat(hours).hasSize(4);
        assertThat(hours).allSatisfy(hour -> assertThat(hour.calls()).isEqualTo(6_000));
        assertThat(hours.get(1).agents())
                .as("half of them are away")
                .isBetween(0.4 * SimulatedHistory.AGENTS, 0.75 * SimulatedHistory.AGENTS);
        assertThat(hours.get(2).agents()).isBetween(0.85 * SimulatedHistory.AGENTS, (double) SimulatedHistory.AGENTS);
    }

    @Test
    void shouldShrinkWhatIsSeldomSeen() throws Exception {
        List<PastCall> calls = new ArrayList<>(new SimulatedHistory(4, 0).days(1, 600));
        PastCall answered = calls.stream()
                .filter(call -> call.outcome() == Outcome.CONNECTED)
                .findFirst()
                .orElseThrow();
        calls.add(new PastCall(
                "spring",
                "rare",
                answered.dialled(),
                answered.ringing(),
                answered.answered(),
                answered.connected(),
                answered.ended(),
                Outcome.CONNECTED,
                "agent1",
                1));
        FittedLaws.Segment rare = HistoryFit.of("test", calls).segments().stream()
                .filter(segment -> "rare".equals(segment.name()))
                .findFirst()
                .orElseThrow();
        assertThat(rare.factor()).isBetween(1.0, 1.1);
    }

    @Test
    void shouldRefuseTooFewCalls() {
        List<PastCall> few = new SimulatedHistory(5, 0).days(1, 4);
        assertThatThrownBy(() -> HistoryFit.of("calls.csv", few))
                .hasMessageStartingWith("calls.csv: has 16 ended calls and ")
                .hasMessageEndingWith("too few to fit, there must be at least 200 and 30");
    }

    /** Chances of each segment and hour, within three standard deviations of their estimates or a little more. */
    private static void assertChancesOf(FittedLaws laws) {
        assertThat(laws.segments()).hasSize(SimulatedHistory.SEGMENT_CHANCES.length);
        IntStream.range(0, SimulatedHistory.SEGMENT_CHANCES.length).forEach(segment -> {
            assertThat(laws.segments().get(segment).share()).isCloseTo(1 / 3.0, within(0.03));
            IntStream.range(0, SimulatedHistory.HOUR_FACTORS.length)
                    .forEach(hour -> assertThat(laws.chance(
                                    laws.segments().get(segment), laws.hours().get(hour)))
                            .as("segment %d, hour %d", segment, hour)
                            .isCloseTo(
                                    SimulatedHistory.SEGMENT_CHANCES[segment] * SimulatedHistory.HOUR_FACTORS[hour],
                                    within(0.035)));
        });
    }

    private static FittedLaws fit(long seed, double givenUpShare) throws Exception {
        return HistoryFit.of("test", new SimulatedHistory(seed, givenUpShare).days(10, 600));
    }
}
