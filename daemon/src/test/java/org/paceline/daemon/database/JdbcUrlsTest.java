package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//ops:hidden@db/paceline is no URL",
                "//ops:hid/den@db/paceline is no URL",
                "no jdbc:postgresql://db/paceline?Password=hidden&ssl=true",
                "no jdbc:postgresql://db/paceline?pass%77ord=hidden&ssl=true"
            })
    void shouldMaskUserAndPasswordWhereverAUrlStands(String text) {
        assertThat(JdbcUrls.masked(text)).contains("********", "paceline").doesNotContain("hid", "den@");
    }
}
