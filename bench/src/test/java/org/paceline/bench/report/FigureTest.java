package org.paceline.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "20, 20", "12.3456, 12.3", "0.01234, 0.0123", "999.96, 1000", "1234567.8, '1,234,568'", "NaN, –"
    })
    void shouldShowNumbersAsPeopleReadThem(double value, String text) {
        assertThat(Figure.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20 ms (≤ 20: met)",
        "20.1, 20.1 ms (≤ 20: missed)",
        "NaN, – ms (≤ 20: missed)",
    })
    void shouldShowItsBudgetBesideIt(double value, String text) {
        assertThat(Figure.of("p99", "p99", value, "ms")
                        .within(Budget.atMost(20))
                        .verdict())
                .isEqualTo(text);
    }
}
