package org.paceline.daemon.donotcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Honolulu", "UTC", "Asia/Shanghai"})
    void shouldTakeTheLastDayOfAllForNoEndInEveryZone(String zone) {
        assertThat(Expiry.millis("9999-12-31", ZoneId.of(zone))).hasValue(Long.MAX_VALUE);
        assertThat(Expiry.millis("9999-12-30", ZoneId.of(zone)).orElseThrow()).isLessThan(Long.MAX_VALUE);
    }
}
