package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.event.Effect;

class EngineTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261_122})
    void shouldKeepItsInvariantsThroughDisturbedDay(long seed) {
        SimulatedDay day = new SimulatedDay(seed);
        day.run(3_600);
        assertThat(day.finish()).isNotEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8})
    void shouldHaveTheSameEffectsForTheSameDay(long seed) {
        List<Effect> first = day(seed);
        List<Effect> second = day(seed);

        assertThat(first).hasSameSizeAs(second);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).as("effect %d", i).isEqualTo(first.get(i));
        }
        assertThat(day(seed + 100)).isNotEqualTo(first);
    }

    private static List<Effect> day(long seed) {
        SimulatedDay day = new SimulatedDay(seed);
        day.run(1_800);
        return day.finish();
    }
}
