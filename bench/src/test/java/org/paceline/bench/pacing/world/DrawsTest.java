package org.paceline.bench.pacing.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrawsTest {

    @Test
    void shouldDrawEachThingForItself() {
        Draws draws = new Draws(1);

        assertThat(draws.of(Draws.Purpose.FATE, 0, 5).nextLong())
                .isEqualTo(new Draws(1).of(Draws.Purpose.FATE, 0, 5).nextLong())
                .isNotEqualTo(draws.of(Draws.Purpose.FATE, 0, 6).nextLong())
                .isNotEqualTo(draws.of(Draws.Purpose.FATE, 1, 5).nextLong())
                .isNotEqualTo(draws.of(Draws.Purpose.LIST, 0, 5).nextLong())
                .isNotEqualTo(new Draws(2).of(Draws.Purpose.FATE, 0, 5).nextLong());
        double sum = 0;
        double product = 0;
        double before = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            double next = draws.of(Draws.Purpose.FATE, 0, i).nextDouble() - 0.5;
            sum += next;
            product += next * before;
            before = next;
        }
        assertThat(sum / count).as("mean").isCloseTo(0, within(4 * Math.sqrt(1 / 12.0 / count)));
        assertThat(12 * product / count).as("neighbours' correlation").isCloseTo(0, within(4 / Math.sqrt(count)));
    }
}
