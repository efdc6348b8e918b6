package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.TrunkChanged;

/** A trunk that says nothing: Timer B, 32 seconds. */
@Timeout(90)
class SilentTrunkIT {

    @Test
    void shouldFailCallsAndTakeTheTrunkDown() throws IOException {
        try (RawPeer mute = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", mute.port())) {
            dialer.dial(30_000);
            dialer.dial(1_000);
            dialer.telephony.cancel(dialer.dial(30_000));

            Awaitility.await().atMost(Duration.ofSeconds(45)).until(() -> dialer.events.endings() == 3);
            assertThat(dialer.events.of(CallFailed.class))
                    .extracting(CallFailed::outcome)
                    .containsExactlyInAnyOrder(Outcome.TRUNK_FAILED, Outcome.TRUNK_FAILED, Outcome.CANCELLED);
            assertThat(dialer.events.of(TrunkChanged.class))
                    .extracting(TrunkChanged::up)
                    .containsExactly(true, false);
            assertThat(mute.isSilent("CANCEL ", 300)).isTrue();
        }
    }
}
