package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.trunk.TrunkHost;

/** Calls to SIPp as a carrier whose addresses dnsmasq tells. */
@Timeout(120)
class DnsmasqIT {

    private static final long NEVER = 30_000;

    @Test
    void shouldGoByNaptrAndSrvToTheSecondTargetWhenTheFirstRefuses() throws IOException {
        try (SippRun first = SippRun.refusing("503 Service Unavailable", "Retry-After: 20");
                SippRun second = SippRun.uas(1);
                DnsmasqRun dns = DnsmasqRun.with(
                        "--naptr-record=carrier.example,10,50,s,SIP+D2U,,sbc.carrier.example",
                        "--srv-host=sbc.carrier.example,gw1.carrier.example," + first.port() + ",10,1",
                        "--srv-host=sbc.carrier.example,gw2.carrier.example," + second.port() + ",20,1",
                        "--host-record=gw1.carrier.example,127.0.0.1",
                        "--cname=gw2.carrier.example,gw1.carrier.example");
                TelephonyFixture dialer =
                        TelephonyFixture.withNames(dns.address(), NEVER, new TrunkHost("carrier.example", 0))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> dialer.telephony.trunkAddresses().size() == 2);
            CallId call = dialer.dial();
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            dialer.await(CallHungUp.class);

            assertThat(dialer.events.of(call))
                    .hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class, CallHungUp.class);
            assertThat(dialer.counter("calls_failed_over")).isEqualTo(1);
            first.awaitSuccess();
            second.awaitSuccess();
        }
    }
}
