package org.paceline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.call.Outcome;

class OutcomesTest {

    @ParameterizedTest
    @CsvSource({
        "486, BUSY",
        "600, BUSY",
        "404, INVALID_NUMBER",
        "410, INVALID_NUMBER",
        "484, INVALID_NUMBER",
        "485, INVALID_NUMBER",
        "604, INVALID_NUMBER",
        "408, NO_ANSWER",
        "480, NO_ANSWER",
        "487, NO_ANSWER",
        "403, REJECTED",
        "603, REJECTED",
        "606, REJECTED",
        "302, REJECTED",
        "488, REJECTED",
        "607, UNWANTED",
        "608, UNWANTED",
        "500, CONGESTION",
        "502, CONGESTION",
        "503, CONGESTION",
        "504, CONGESTION",
        "580, CONGESTION",
        "401, TRUNK_FAILED",
        "407, TRUNK_FAILED"
    })
    void shouldNameTheOutcomeOfAStatus(int status, Outcome outcome) {
        assertThat(Outcomes.of(status)).isEqualTo(outcome);
    }
}
