package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedMonthTest {

    /** September to October has China's holidays and make-up days, October to November the ends of summer time. */
    @ParameterizedTest(name = "seed {0} from {1}")
    @CsvSource({"1, 2026-09-18", "2, 2026-10-20"})
    void shouldBreakNoRuleInMonthOfRestartsAndClockSteps(long seed, LocalDate first) {
        Map<String, Long> dials = new SimulatedMonth(seed, first).run(30);

        System.out.println("seed=" + seed + " from=" + first + " dials=" + dials);
        assertThat(dials.values()).allMatch(count -> count > 100);
    }
}
