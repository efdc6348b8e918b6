package org.paceline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingCodesTest {
    @ParameterizedTest
    @CsvSource({
        "13055550123, 1",
        "79123456789, 1",
        "4930901820, 2",
        "861062345684, 2",
        "35312345678, 3",
        "999123, 3",
        "49, 2"
    })
    void shouldTellTheCallingCodeFromTheNumber(long e164, int digits) {
        assertThat(CallingCodes.digitsOf(e164)).isEqualTo(digits);
    }
}
