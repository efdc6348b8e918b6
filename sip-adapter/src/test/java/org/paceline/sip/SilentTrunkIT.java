package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;

/** A trunk that says nothing: Timer B, 32 seconds. */
@Timeout(90)
class SilentTrunkIT {
    /** How often a request is sent in 32 s over UDP: after 0, 0.5, 1.5, 3.5, and then each 4 s (RFC 3261 §17.1.2.2). */
    private static final int PRACKS_SENT = 11;

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

    @Test
    void shouldGiveUpACallWhosePrackIsNotAnswered() throws IOException {
        try (RawPeer peer = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port())) {
            CallId call = dialer.dial(60_000);
            String invite = peer.receive("INVITE ");
            peer.answer(invite, "183 Session Progress", "a", "Require: 100rel", "RSeq: 1");
            for (int i = 0; i < PRACKS_SENT; i++) {
                peer.receive("PRACK ");
            }
            peer.answer(peer.receive("CANCEL "), "200 OK", "a");
            peer.answer(invite, "487 Request Terminated", "a");

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(487), false));
        }
    }
}
