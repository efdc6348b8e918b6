package org.paceline.bench.pacing.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.paceline.bench.pacing.scenario.DurationLaw;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.dialer.call.Outcome;

class FittedScenarioTest {
    private static final SampleLaw FIXED = new SampleLaw(List.of(3.0));

    @Test
    void shouldGiveEachSegmentItsChanceInEachHour() {
        FittedScenario fitted = FittedScenario.of(laws(
                List.of(new FittedLaws.Hour(1, 10, 500), new FittedLaws.Hour(0.5, 10, 400)),
                new SampleLaw(List.of(25.0))));

        List<Scenario.Group> groups =
                fitted.scenario().campaigns().getFirst().lists().getFirst().groups();
        assertThat(groups).extracting(Scenario.Group::grade).containsExactly("A", null);
        assertThat(groups.get(0).odds().at(3_599)).isCloseTo(0.4, within(1e-9));
        assertThat(groups.get(0).odds().at(3_600)).isCloseTo(0.2, within(1e-9));
        assertThat(groups.get(1).odds().at(0)).isCloseTo(0.1, within(1e-9));
        assertThat(fitted.hours()).isEqualTo(2);
        assertThat(fitted.agents()).isEqualTo(10);
    }

    /** The lab draws how long a phone rings anew, and lets no one answer later; a fourth of the answers would be lost. */
    @Test
    void shouldMakeUpForAnswersThatTheLabWouldNotWaitFor() {
        FittedScenario fitted = FittedScenario.of(
                laws(List.of(new FittedLaws.Hour(1, 10, 500)), new SampleLaw(List.of(2.0, 25.0, 25.0, 25.0))));

        assertThat(fitted.scenario()
                        .campaigns()
                        .getFirst()
                        .lists()
                        .getFirst()
                        .groups()
                        .getFirst()
                        .odds()
                        .at(0))
                .isCloseTo(0.4 / 0.75, within(1e-9));
    }

    @Test
    void shouldTakeTheBusiestEightHoursAndSendAgentsAway() {
        List<FittedLaws.Hour> hours = IntStream.range(0, 10)
                .mapToObj(hour -> new FittedLaws.Hour(1, hour == 4 ? 6 : 12, hour < 2 ? 10 : 100))
                .toList();
        FittedScenario fitted = FittedScenario.of(laws(hours, FIXED));

        assertThat(fitted.hours()).isEqualTo(8);
        assertThat(fitted.agents()).isEqualTo(12);
        assertThat(fitted.scenario().team().breaks()).containsExactly(new Scenario.Break(2 * 3_600, 0.5, 3_600, true));
    }

    @Test
    void shouldDrawTimesAsTheyWereObserved() {
        Scenario.People people = FittedScenario.of(laws(List.of(new FittedLaws.Hour(1, 10, 500)), FIXED))
                .scenario()
                .campaigns()
                .getFirst()
                .people();
        assertThat(people.talk().meanSeconds()).isCloseTo(110, within(1e-9));
        Random random = new Random(1);
        assertThat(IntStream.range(0, 100).mapToDouble(_ -> people.talk().seconds(random)))
                .contains(20.0, 200.0)
                .containsOnly(20.0, 200.0);
        assertThat(people.failures()).containsExactly(new Scenario.Failure(Outcome.BUSY, 0.1, fixed(3)));
    }

    private static DurationLaw fixed(double seconds) {
        return new DurationLaw.Mixture(List.of(new DurationLaw.Mixture.Part(1, new DurationLaw.Fixed(seconds))));
    }

    private static FittedLaws laws(List<FittedLaws.Hour> hours, SampleLaw unanswered) {
        return new FittedLaws(
                new FittedLaws.Basis(1_000, 200, 190, 190, 0, 1, 9, 1),
                new FittedLaws.Actual(0.6, 0.5, 60, 20, 0.01, 4),
                0.2,
                hours,
                List.of(new FittedLaws.Segment("A", 0.25, 2), new FittedLaws.Segment(null, 0.75, 0.5)),
                FIXED,
                new SampleLaw(List.of(2.0)),
                unanswered,
                new SampleLaw(List.of(20.0, 200.0)),
                FIXED,
                List.of(new FittedLaws.Failure(Outcome.BUSY, 0.1, FIXED)),
                new FittedLaws.Machines(0, null));
    }
}
