package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;

/** Calls by TCP to SIPp as the carrier, over one connection or one a call. */
@Timeout(120)
class SippTcpIT {

    @ParameterizedTest
    @ValueSource(strings = {"t1", "tn"})
    void shouldCallAnswerAndHangUp(String mode) throws IOException {
        try (SippRun carrier = SippRun.uas(1, "-t", mode, "-max_socket", "100");
                TelephonyFixture dialer = TelephonyFixture.overTcp(carrier.port())) {
            CallId call = dialer.dial();
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);

            assertThat(dialer.await(CallHungUp.class)).isEqualTo(new CallHungUp(call, HungUpBy.US, CallCause.NONE));
            carrier.awaitSuccess();
            assertThat(dialer.events.of(call))
                    .hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class, CallHungUp.class);
        }
    }

    @Test
    void shouldTakeTheirByeAndTheirNewOffer() throws IOException {
        try (SippRun carrier = SippRun.scenario("new-offer-and-bye", 1, "-t", "t1");
                TelephonyFixture dialer = TelephonyFixture.overTcp(carrier.port())) {
            CallId call = dialer.dial();

            assertThat(dialer.await(CallHungUp.class).call()).isEqualTo(call);
            carrier.awaitSuccess();
        }
    }

    @Test
    void shouldCancelWhenItRingsTooLong() throws IOException {
        try (SippRun carrier = SippRun.scenario("no-answer", 1, "-t", "t1");
                TelephonyFixture dialer = TelephonyFixture.overTcp(carrier.port())) {
            CallId call = dialer.dial(800);

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.NO_ANSWER, CallCause.ofStatus(487), false));
            carrier.awaitSuccess();
        }
    }
}
