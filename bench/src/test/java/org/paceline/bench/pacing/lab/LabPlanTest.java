package org.paceline.bench.pacing.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.world.LabDay;
import org.paceline.dialer.pacing.PacingSettings;

class LabPlanTest {
    private static final List<Contender> PREDICTIVE_AND_RATIO = List.of(Contender.PREDICTIVE, Contender.RATIO);

    @Test
    void shouldPlanScenariosThenContendersThenTeamsInTheOrderAskedFor() throws Exception {
        LabPlan plan = plan(request(List.of("switching", "small-team"), List.of(5, 20), PREDICTIVE_AND_RATIO));

        assertThat(plan.cases().stream()
                        .map(one -> one.subject().scenario().name() + " " + one.label() + " " + one.agents()))
                .as("small-team has a team of its own")
                .containsExactly(
                        "switching predictive 5",
                        "switching predictive 20",
                        "switching ratio 5",
                        "switching ratio 20",
                        "small-team predictive 3",
                        "small-team ratio 3");
        assertThat(plan.runs()).isEqualTo(12);
    }

    @Test
    void shouldTraceOneCaseOfEachScenario() throws Exception {
        LabPlan plan = plan(request(List.of("switching", "constant"), List.of(5, 20, 50), PREDICTIVE_AND_RATIO));

        assertThat(plan.cases().stream()
                        .filter(LabCase::isTraced)
                        .map(one -> one.subject().scenario().name() + " " + one.label() + " " + one.agents()))
                .containsExactly("switching predictive 20", "constant predictive 20");
        LabCase traced = plan.cases().get(1);
        assertThat(traced.runs(Entrant.of(Contender.PREDICTIVE)))
                .extracting(LabDay.Setup::seed, LabDay.Setup::traced)
                .containsExactly(tuple(1L, true), tuple(2L, false));
    }

    @Test
    void shouldRunWhatIsUsualWhereNothingIsAskedFor() throws Exception {
        LabPlan plan = plan(request(List.of(), List.of(), List.of()));

        assertThat(plan.cases())
                .hasSize(8)
                .allMatch(one -> one.subject().scenario().name().equals("constant")
                        && one.subject().hours() == 8
                        && one.subject().days() == 1);
        assertThat(plan.cases()).extracting(LabCase::agents).startsWith(5, 10, 20, 50);
        assertThat(plan.cases()).extracting(LabCase::label).contains("predictive", "progressive");
    }

    @Test
    void shouldPlanEachCaseAsConfiguredAndThenWithTheChange() throws Exception {
        LabRequest request = new LabRequest(
                List.of("constant"),
                null,
                List.of(5),
                PREDICTIVE_AND_RATIO,
                PacingChange.parse(List.of("max-lines=7")),
                2.0,
                1.5,
                3,
                2,
                Duration.ofDays(30));

        LabPlan plan = plan(request);

        assertThat(plan.cases())
                .extracting(LabCase::label)
                .containsExactly("predictive", "predictive max-lines=7", "ratio", "ratio max-lines=7");
        PacingSettings before = Objects.requireNonNull(plan.cases().get(2).settings());
        PacingSettings after = Objects.requireNonNull(plan.cases().get(3).settings());
        assertThat(before.linesPerAgent()).isEqualTo(2);
        assertThat(before.maxLines()).isEqualTo(Integer.MAX_VALUE);
        assertThat(after.linesPerAgent()).isEqualTo(2);
        assertThat(after.maxLines()).isEqualTo(7);
        Subject subject = plan.cases().getFirst().subject();
        assertThat(subject.hours()).isEqualTo(1.5);
        assertThat(subject.days()).isEqualTo(2);
        assertThat(subject.scenario().terms().window().longestMillis())
                .isEqualTo(Duration.ofDays(30).toMillis());
    }

    @Test
    void shouldLookForAFactorInHindsightOnlyWhereNobodyChoseOne() throws Exception {
        LabPlan plan = plan(request(List.of("constant"), List.of(40), PREDICTIVE_AND_RATIO));

        assertThat(plan.cases().getFirst().settings()).isNotNull();
        LabCase ratio = plan.cases().getLast();
        assertThat(ratio.settings()).isNull();
        assertThat(ratio.trials(2.5))
                .hasSize(Tuning.days(40))
                .allMatch(day -> day.seed() >= Tuning.FIRST_SEED
                        && day.entrant().settings().linesPerAgent() == 2.5
                        && !day.traced());
    }

    @Test
    void shouldRefuseAChangeOfWhatIsNotTheDialersOwn() {
        assertThatThrownBy(() -> plan(new LabRequest(
                        List.of("constant"),
                        null,
                        List.of(),
                        List.of(Contender.ISSABEL),
                        PacingChange.parse(List.of("max-lines=7")),
                        null,
                        null,
                        1,
                        null,
                        null)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("issabel is none: leave it out of --pacer");
    }

    private static LabPlan plan(LabRequest request) throws BenchException {
        List<String> fitted = new ArrayList<>();
        LabPlan plan = LabPlan.of(request, fitted::add);
        assertThat(fitted).as("nothing is fitted without records").isEmpty();
        return plan;
    }

    private static LabRequest request(List<String> scenarios, List<Integer> teams, List<Contender> contenders)
            throws BenchException {
        return new LabRequest(
                scenarios, null, teams, contenders, PacingChange.parse(List.of()), null, null, 2, null, null);
    }
}
