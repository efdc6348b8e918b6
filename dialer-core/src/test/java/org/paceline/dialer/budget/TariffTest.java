package org.paceline.dialer.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.budget.Tariff.Rate;

class TariffTest {
    private static final Rate CHEAP = new Rate(12_000, 0, 1_000, 1_000);
    private static final Rate DEAR = new Rate(250_000, 10_000, 60_000, 60_000);

    @Test
    void shouldTakeTheRateOfTheLongestPrefix() {
        Tariff tariff = new Tariff(Map.of(Tariff.ANY, CHEAP, 1L, CHEAP, 1900L, DEAR));
        assertThat(tariff.rate(19_005_550_123L)).isEqualTo(DEAR);
        assertThat(tariff.rate(1900L)).isEqualTo(DEAR);
        assertThat(tariff.rate(13_055_550_123L)).isEqualTo(CHEAP);
        assertThat(tariff.rate(33_142_680_000L)).isEqualTo(CHEAP);
        assertThat(new Tariff(Map.of(1L, CHEAP)).rate(33_142_680_000L)).isNull();
    }

    @ParameterizedTest(name = "{0} ms by {1}/{2} s cost {3}")
    @CsvSource({
        "0,       60, 60, 12000", // an answered call is charged the first step at least
        "60000,   60, 60, 12000",
        "60001,   60, 60, 24000",
        "1,       6,  6,  1200",
        "6001,    6,  6,  2400",
        "60001,   60, 6,  13200",
        "7000,    1,  1,  1400",
        "1000,    1,  1,  200",
        "86400000, 1, 1,  17280000",
    })
    void shouldChargeByWholeIncrements(long answeredMillis, long first, long next, long micros) {
        assertThat(new Rate(12_000, 0, first * 1_000, next * 1_000).costMicros(answeredMillis))
                .isEqualTo(micros);
        assertThat(new Rate(12_000, 5, first * 1_000, next * 1_000).costMicros(answeredMillis))
                .isEqualTo(micros + 5);
    }

    @Test
    void shouldCountAPartOfAMicroAsAWholeOne() {
        assertThat(new Rate(1, 0, 1_000, 1_000).costMicros(61_000)).isEqualTo(2);
    }
}
