package org.paceline.dialer.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.time.Moment;

/** Which calls that are stored already may still be sent on a trunk that was stopped. */
class BreakerTest {
    private static final CallId EARLIER = new CallId(7);
    private static final CallId TRIED = new CallId(8);

    private final Breaker breaker = new Breaker();
    private Moment now = new Moment(1_000_000_000L, 1_795_000_000_000L);

    @Test
    void shouldKeepNoCallBackWhileTheTrunkWorks() {
        assertThat(breaker.keepsBack(EARLIER, now)).isFalse();
        givenFaults(Breaker.FAULTS - 1);
        assertThat(breaker.keepsBack(EARLIER, now)).isFalse();
    }

    @Test
    void shouldKeepEveryCallBackWhileItPauses() {
        givenFaults(Breaker.FAULTS);
        assertThat(breaker.keepsBack(EARLIER, now)).isTrue();
        now = now.plusMillis(Breaker.FIRST_PAUSE_MILLIS - 1);
        assertThat(breaker.keepsBack(EARLIER, now)).isTrue();
    }

    @Test
    void shouldSendTheCallThatIsTriedAndKeepTheOthersBack() {
        givenFaults(Breaker.FAULTS);
        now = now.plusMillis(Breaker.FIRST_PAUSE_MILLIS);
        breaker.placed(TRIED);
        assertThat(breaker.keepsBack(TRIED, now)).isFalse();
        assertThat(breaker.keepsBack(EARLIER, now)).isTrue();
        now = now.plusMillis(60_000);
        assertThat(breaker.keepsBack(TRIED, now)).as("recorded late").isFalse();
        assertThat(breaker.keepsBack(EARLIER, now)).isTrue();

        breaker.rings(TRIED);
        assertThat(breaker.keepsBack(EARLIER, now)).isFalse();
    }

    @Test
    void shouldKeepEveryCallBackAgainWhenTheTriedOneFails() {
        givenFaults(Breaker.FAULTS);
        now = now.plusMillis(Breaker.FIRST_PAUSE_MILLIS);
        breaker.placed(TRIED);
        breaker.failed(TRIED, "status 403", now);
        now = now.plusMillis(2 * Breaker.FIRST_PAUSE_MILLIS - 1);
        assertThat(breaker.keepsBack(EARLIER, now)).as("twice as long").isTrue();
        now = now.plusMillis(1);
        assertThat(breaker.keepsBack(EARLIER, now)).isFalse();
    }

    private void givenFaults(int count) {
        for (int i = 0; i < count; i++) {
            breaker.failed(new CallId(100 + i), "status 403", now);
        }
    }
}
