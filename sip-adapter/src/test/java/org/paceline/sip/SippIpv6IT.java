package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.trunk.TrunkHost;

/** Calls over IPv6 to SIPp. */
@Timeout(120)
class SippIpv6IT {

    @Test
    void shouldCallAndHangUpOverIpv6() throws IOException {
        try (SippRun callee = SippRun.uas(1, "-i", "[::1]");
                TelephonyFixture dialer = TelephonyFixture.listeningOn("::1", new TrunkHost("::1", callee.port()))) {
            CallId call = dialer.dial();
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            dialer.await(CallHungUp.class);

            assertThat(dialer.events.of(call))
                    .hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class, CallHungUp.class);
            callee.awaitSuccess();
        }
    }
}
