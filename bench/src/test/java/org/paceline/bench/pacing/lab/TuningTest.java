package org.paceline.bench.pacing.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.contender.Search;

class TuningTest {
    private final List<Double> tried = new ArrayList<>();

    /** The more lines the busier, and from 1.37 on over the limit. */
    @Test
    void shouldFindTheLargestFactorThatKeepsTheLimit() throws Exception {
        Search search = new Search.Bisection(1, 4, 0.005);
        double factor = Tuning.best(search, lines -> tried(lines, lines / 4, lines < 1.37 ? 0.029 : 0.04));
        assertThat(factor).isBetween(1.365, 1.37);
        assertThat(tried).hasSizeLessThan(12);
    }

    @Test
    void shouldTakeTheLowestFactorWhereNoneKeepsTheLimit() throws Exception {
        assertThat(Tuning.best(new Search.Bisection(1, 4, 0.1), lines -> tried(lines, 1, 0.5)))
                .isEqualTo(1);
    }

    /** Busiest at one target; too many are abandoned above −2. */
    @ParameterizedTest
    @ValueSource(ints = {-2, -5, -7, -19, -38, -40})
    void shouldFindTheBusiestOfSteps(int best) throws Exception {
        Search search = new Search.Growing(0, -40, 1);
        double factor = Tuning.best(
                search, target -> tried(target, 0.9 - Math.abs(target - best) / 100, target > -2 ? 0.031 : 0.02));
        assertThat(factor).isEqualTo(best);
        assertThat(tried).doesNotHaveDuplicates().hasSizeLessThan(22);
    }

    @Test
    void shouldGoUpFromTheStartInStepsOfAQuarter() throws Exception {
        Search search = new Search.Growing(1, 7, 0.25);
        double factor = Tuning.best(search, lines -> tried(lines, 0.9 - Math.abs(lines - 2.5) / 10, 0.01));
        assertThat(factor).isCloseTo(2.5, within(1e-9));
        assertThat(tried).contains(1.0, 1.25).allMatch(lines -> lines >= 1 && lines <= 7);
    }

    @Test
    void shouldSearchOnceForEachScenarioTeamAndLengthOfDay() throws Exception {
        Tuning tuning = new Tuning();
        Tuning.Trial trial = factor -> tried(factor, factor, factor > 0.5 ? 0.1 : 0.01);
        Entrant first = tuning.entrant("constant", Contender.EXPECTED_FREE, 5, 8, trial);
        int trials = tried.size();
        assertThat(tuning.entrant("constant", Contender.EXPECTED_FREE, 5, 8, trial))
                .isEqualTo(first);
        assertThat(tried).hasSize(trials);
        tuning.entrant("constant", Contender.EXPECTED_FREE, 10, 8, trial);
        tuning.entrant("switching", Contender.EXPECTED_FREE, 5, 8, trial);
        tuning.entrant("constant", Contender.EXPECTED_FREE, 5, 4, trial);
        assertThat(tried).hasSize(4 * trials);
    }

    @Test
    void shouldNotSearchForWhatHasNoFactor() throws Exception {
        Entrant entrant = new Tuning().entrant("constant", Contender.PREDICTIVE, 5, 8, factor -> tried(factor, 1, 0));
        assertThat(entrant.hasFactor()).isFalse();
        assertThat(tried).isEmpty();
    }

    private Tuning.Mean tried(double factor, double utilisation, double abandonedRatio) {
        tried.add(factor);
        return new Tuning.Mean(utilisation, abandonedRatio);
    }
}
