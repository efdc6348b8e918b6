package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;

/** Calls to SIPp as a carrier with two addresses, of which the first does not take the call. */
@Timeout(120)
class SippFailoverIT {

    private static final long SOON = 500;
    private static final long NEVER = 30_000;

    @ParameterizedTest
    @CsvSource({
        "503 Service Unavailable,   Retry-After: 20",
        "503 Service Unavailable,   X-None: 0",
        "500 Server Internal Error, X-None: 0",
        "408 Request Timeout,       X-None: 0"
    })
    void shouldBeTakenByTheSecondWhenTheFirstRefuses(String status, String header) throws IOException {
        try (SippRun first = SippRun.refusing(status, header);
                SippRun second = SippRun.uas(1);
                TelephonyFixture dialer = TelephonyFixture.withPorts(NEVER, first.port(), second.port())) {
            talkAndHangUp(dialer);
            first.awaitSuccess();
            second.awaitSuccess();
            assertThat(dialer.events.of(TrunkChanged.class))
                    .extracting(TrunkChanged::blockedMillis)
                    .containsExactly(0L);
        }
    }

    @Test
    void shouldBeTakenByTheSecondWhenNothingIsBoundAtTheFirst() throws IOException {
        try (SippRun second = SippRun.uas(1);
                TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, SippRun.freePort(), second.port())) {
            talkAndHangUp(dialer);
            second.awaitSuccess();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer-given-up", "rings-given-up"})
    void shouldGiveTheFirstUpCleanlyWhenItRespondsLate(String scenario) throws IOException {
        try (SippRun first = SippRun.scenario(scenario, 1);
                SippRun second = SippRun.uas(1);
                TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, first.port(), second.port())) {
            talkAndHangUp(dialer);
            first.awaitSuccess();
            second.awaitSuccess();
            Awaitility.await().until(() -> dialer.counter("open_calls") == 0);
        }
    }

    @Test
    void shouldFailWithTheRefusalOfTheLastWhenBothRefuse() throws IOException {
        try (SippRun first = SippRun.refusing("503 Service Unavailable", "X-None: 0");
                SippRun second = SippRun.refusing("500 Server Internal Error", "X-None: 0");
                TelephonyFixture dialer = TelephonyFixture.withPorts(NEVER, first.port(), second.port())) {
            CallId call = dialer.dial();

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.CONGESTION, CallCause.ofStatus(500), false));
            first.awaitSuccess();
            second.awaitSuccess();
        }
    }

    private static void talkAndHangUp(TelephonyFixture dialer) {
        CallId call = dialer.dial();
        dialer.await(CallAnswered.class);
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        dialer.await(CallHungUp.class);
        assertThat(dialer.events.of(call))
                .hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class, CallHungUp.class);
        assertThat(dialer.counter("calls_failed_over")).isEqualTo(1);
    }
}
