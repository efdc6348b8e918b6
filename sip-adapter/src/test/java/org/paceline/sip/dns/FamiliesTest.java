package org.paceline.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, V4",
        "0.0.0.0,   V4",
        "::1,       V6",
        "'[::1]',   V6",
        "2001:db8::1, V6",
        "::,        BOTH",
        "pbx.example, BOTH"
    })
    void shouldKnowWhatTheOwnAddressCanSendTo(String ownHost, Families expected) {
        assertThat(Families.of(ownHost)).isEqualTo(expected);
    }
}
