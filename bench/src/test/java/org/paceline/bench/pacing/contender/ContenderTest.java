package org.paceline.bench.pacing.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.bench.pacing.world.LabDay;

/** Days of the constant scenario. */
class ContenderTest {
    private static final Scenario CONSTANT = Scenarios.named("constant");

    @ParameterizedTest
    @EnumSource(Contender.class)
    void shouldHaveTheSameDayAgainWithTheSameSeed(Contender contender) {
        assertThat(day(contender, 1))
                .usingRecursiveComparison()
                .ignoringFields("decisionNanos")
                .isEqualTo(day(contender, 1))
                .isNotEqualTo(day(contender, 2));
    }

    /** What is known of the future is worth something, and calls' ends are worth the most. */
    @Test
    void shouldBeBusierTheMoreIsKnownOfTheFuture() {
        double predictive = utilisation(Entrant.of(Contender.PREDICTIVE));
        double truth = utilisation(Entrant.of(Contender.TRUE_PARAMETERS));
        double agents = utilisation(Entrant.of(Contender.ORACLE_AGENTS));
        double dialled = utilisation(Entrant.of(Contender.ORACLE_DIALLED));
        double calls = utilisation(Entrant.of(Contender.ORACLE_CALLS));
        assertThat(truth).isBetween(predictive - 0.005, agents);
        assertThat(agents).isGreaterThan(predictive + 0.01);
        assertThat(dialled).isGreaterThan(agents + 0.02);
        assertThat(calls).isGreaterThan(dialled);
    }

    @Test
    void shouldBeBusierThanEachRuleOfOtherDialersThatKeepsTheLimit() {
        double predictive = utilisation(Entrant.of(Contender.PREDICTIVE));
        for (Entrant rule : new Entrant[] {
            Entrant.of(Contender.VICIDIAL_AVERAGE),
            Entrant.of(Contender.VICIDIAL_TAPERED),
            Entrant.of(Contender.VICIDIAL_HARD),
            Entrant.of(Contender.ISSABEL),
            Entrant.of(Contender.LINES_PER_AGENT, 1.3),
            Entrant.of(Contender.VICIDIAL_TUNED, -4),
        }) {
            assertThat(predictive).as(rule.contender().label()).isGreaterThan(utilisation(rule) + 0.05);
        }
    }

    /** By the factors that were found for ten agents: the mean of other days is near the limit, too. */
    @ParameterizedTest
    @CsvSource({"LINES_PER_IDLE, 2.64", "LINES_PER_AGENT, 1.29", "EXPECTED_FREE, 0.29"})
    void shouldBeNearTheLimitWithTheFactorFoundInHindsight(Contender contender, double factor) {
        Entrant entrant = Entrant.of(contender, factor);
        double mean = LongStream.rangeClosed(1, 4)
                .mapToDouble(
                        seed -> new LabDay(CONSTANT, 10, 8, entrant, seed).run().abandonedRatio())
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(0.018, 0.036);
    }

    private static LabDay.Result day(Contender contender, long seed) {
        Entrant entrant = contender.search() == null ? Entrant.of(contender) : Entrant.of(contender, 1.25);
        return new LabDay(CONSTANT, 6, 0.5, entrant, seed).run();
    }

    private static double utilisation(Entrant entrant) {
        return LongStream.rangeClosed(1, 3)
                .mapToDouble(
                        seed -> new LabDay(CONSTANT, 10, 3, entrant, seed).run().utilisation())
                .average()
                .orElseThrow();
    }
}
