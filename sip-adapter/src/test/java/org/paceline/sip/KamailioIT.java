package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.trunk.TrunkAccount;

/** Calls through Kamailio as the carrier's edge, to SIPp behind it. */
@Timeout(120)
class KamailioIT {

    private static TrunkAccount account(String password) {
        return new TrunkAccount(
                new Credentials("acct1", password, "carrier"), new TrunkAccount.Registration("carrier.example", 600));
    }

    private static RegistrationStatus registration(TelephonyFixture dialer) {
        return dialer.telephony.registrations().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA-256"})
    void shouldRegisterCallAndHangUpWithThePassword(String algorithm) throws IOException {
        try (SippRun callee = SippRun.scenario("behind-proxy", 2);
                KamailioRun carrier = KamailioRun.carrier(algorithm, callee.port());
                TelephonyFixture dialer = TelephonyFixture.withAccount(account(KamailioRun.PASSWORD), carrier.port())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> registration(dialer).registered());
            assertThat(registration(dialer).secondsLeft()).isBetween(500L, 600L);
            for (int calls = 1; calls <= 2; calls++) {
                CallId call = dialer.dial();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> dialer.events.of(call).stream().anyMatch(CallAnswered.class::isInstance));
                dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() ->
                                dialer.events.of(call).contains(new CallHungUp(call, HungUpBy.US, CallCause.NONE)));
            }
            callee.awaitSuccess(); // it got both BYEs, which Kamailio lets through with the password only
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> dialer.counter("open_calls") == 0);
        }
    }

    @Test
    void shouldNotBurnALeadWhenThePasswordIsWrong() throws IOException {
        try (KamailioRun carrier = KamailioRun.carrier("", 9);
                TelephonyFixture dialer = TelephonyFixture.withAccount(account("another"), carrier.port())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> registration(dialer).reason().startsWith("status 401"));
            CallId call = dialer.dial();

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(
                            call, Outcome.TRUNK_FAILED, CallCause.ofStatus(407), false, Fault.TRUNK, false));
        }
    }
}
