package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallId;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.engine.Event.CallAnswered;
import org.paceline.dialer.engine.Event.CallHungUp;
import org.paceline.dialer.engine.Event.CallRinging;

/** Calls to SIPp as the carrier. */
@Timeout(120)
class SippCarrierIT {

    @Test
    void shouldCallAnswerAndHangUp() throws IOException {
        try (SippRun carrier = SippRun.uas(1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);

            assertThat(dialer.await(CallHungUp.class)).isEqualTo(new CallHungUp(call, HungUpBy.US, CallCause.NONE));
            carrier.awaitSuccess();
            assertThat(dialer.events.of(call))
                    .hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class, CallHungUp.class);
        }
    }
}
