package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallNotSent;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.sip.trunk.TrunkAddress.Probe;
import org.paceline.sip.trunk.TrunkHost;

/** A trunk with two addresses, of which the first does not take the call: it is the same attempt at the second. */
@Timeout(60)
class FailoverTest {

    private static final long SOON = 300;
    private static final long NEVER = 30_000;

    private RawPeer first;
    private RawPeer second;

    @BeforeEach
    void open() throws IOException {
        first = new RawPeer();
        second = new RawPeer();
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"503 Service Unavailable", "500 Server Internal Error", "408 Request Timeout"})
    void shouldGoToTheNextAddressAfterARefusalByItsOwnDoing(String status) throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(NEVER, first.port(), second.port())) {
            CallId call = dialer.dial();
            String refused = first.receive("INVITE ");
            first.answer(refused, "100 Trying", "a");
            first.answer(refused, status, "a");
            first.receive("ACK ");
            String taken = second.receive("INVITE ");
            assertThat(taken).startsWith("INVITE sip:+13055550123@127.0.0.1:" + second.port() + " ");
            second.answer(taken, "180 Ringing", "b");
            second.answerWithSession(taken, "200 OK", "b");

            dialer.await(CallAnswered.class);
            assertThat(dialer.events.of(call)).hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class);
            assertThat(dialer.counter("calls_dialled")).isEqualTo(1);
            assertThat(dialer.counter("calls_failed_over")).isEqualTo(1);
        }
    }

    @Test
    void shouldGoToTheNextAddressWhenNothingAnswersInTime() throws IOException {
        int dead = SippRun.freePort();
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, dead, second.port())) {
            dialer.dial();
            second.answerWithSession(second.receive("INVITE "), "200 OK", "b");

            dialer.await(CallAnswered.class);
            assertThat(dialer.counter("calls_failed_over")).isEqualTo(1);
        }
    }

    @Test
    void shouldWaitOnceAnythingCameBack() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, first.port(), second.port())) {
            dialer.dial();
            String invite = first.receive("INVITE ");
            first.answer(invite, "100 Trying", "a");

            assertThat(second.isSilent("INVITE ", 1_000)).isTrue();
            first.answerWithSession(invite, "200 OK", "a");
            dialer.await(CallAnswered.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"180 Ringing", "183 Session Progress", "181 Call Is Being Forwarded", "182 Queued"})
    void shouldNeverGoOnOnceTheCallGotFurther(String status) throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(NEVER, first.port(), second.port())) {
            CallId call = dialer.dial();
            String invite = first.receive("INVITE ");
            first.answer(invite, status, "a");
            first.answer(invite, "503 Service Unavailable", "a");

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.CONGESTION, CallCause.ofStatus(503), false));
            assertThat(second.isSilent("INVITE ", 300)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "486 Busy Here,             X-None: 0,                 BUSY",
        "480 Temporarily Unavailable, Retry-After: 60,         NO_ANSWER",
        "404 Not Found,             X-None: 0,                 INVALID_NUMBER",
        "500 Server Internal Error, Reason: Q.850;cause=17,    BUSY",
        "503 Service Unavailable,   Reason: Q.850;cause=1,     INVALID_NUMBER",
        "403 Forbidden,             X-None: 0,                 TRUNK_FAILED"
    })
    void shouldNotGoOnAfterAnyOtherRefusal(String status, String header, Outcome outcome) throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(NEVER, first.port(), second.port())) {
            dialer.dial();
            first.answer(first.receive("INVITE "), status, "a", header);

            assertThat(dialer.await(CallFailed.class).outcome()).isEqualTo(outcome);
            assertThat(second.isSilent("INVITE ", 300)).isTrue();
        }
    }

    @Test
    void shouldFailAsBeforeWhenNoAddressTakesTheCall() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, SippRun.freePort(), second.port())) {
            CallId call = dialer.dial();
            second.answer(second.receive("INVITE "), "500 Server Internal Error", "b");

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.CONGESTION, CallCause.ofStatus(500), false));
            assertThat(dialer.events.endings()).isEqualTo(1);
        }
    }

    @Test
    void shouldCountAsAnAttemptWhenTheLastAddressCannotBeSentTo() throws IOException {
        List<TrunkHost> hosts = List.of(new TrunkHost("127.0.0.1", first.port()), new TrunkHost("240.0.0.1", 5060));
        try (TelephonyFixture dialer = TelephonyFixture.withHosts(hosts, Probe.CALLS, 60_000, NEVER)) {
            CallId call = dialer.dial();
            first.answer(first.receive("INVITE "), "503 Service Unavailable", "a");

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.CONGESTION, CallCause.ofStatus(503), false));
            assertThat(dialer.events.of(CallNotSent.class)).isEmpty();
        }
    }

    @Test
    void shouldGoToTheNextAddressWhenTheFirstCannotBeSentTo() throws IOException {
        List<TrunkHost> hosts = List.of(new TrunkHost("240.0.0.1", 5060), new TrunkHost("127.0.0.1", second.port()));
        try (TelephonyFixture dialer = TelephonyFixture.withHosts(hosts, Probe.CALLS, 60_000, NEVER)) {
            dialer.dial();
            second.answerWithSession(second.receive("INVITE "), "200 OK", "b");

            dialer.await(CallAnswered.class);
            assertThat(dialer.events.of(CallNotSent.class)).isEmpty();
        }
    }

    @Test
    void shouldAcknowledgeAndHangUpAnAnswerThatComesFromTheAddressGivenUp() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, first.port(), second.port())) {
            CallId call = dialer.dial();
            String late = first.receive("INVITE ");
            String taken = second.receive("INVITE ");
            second.answerWithSession(taken, "200 OK", "b");
            dialer.await(CallAnswered.class);
            first.answerWithSession(late, "200 OK", "a");

            first.receive("ACK ");
            first.answer(first.receive("BYE "), "200 OK", "a");
            dialer.awaitCounter("late_answers", 1);
            second.receive("ACK ");
            assertThat(second.isSilent("BYE ", 300)).isTrue();
            assertThat(dialer.events.of(call)).hasExactlyElementsOfTypes(CallAnswered.class);

            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            second.answer(second.receive("BYE "), "200 OK", "b");
            dialer.await(CallHungUp.class);
            Awaitility.await().until(() -> dialer.counter("open_calls") == 0);
        }
    }

    @Test
    void shouldCancelAtTheAddressGivenUpAsSoonAsItResponds() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, first.port(), second.port())) {
            CallId call = dialer.dial();
            String late = first.receive("INVITE ");
            String taken = second.receive("INVITE ");
            second.answer(taken, "180 Ringing", "b");
            dialer.await(CallRinging.class);
            first.answer(late, "180 Ringing", "a");

            first.answer(first.receive("CANCEL "), "200 OK", "a");
            first.answer(late, "487 Request Terminated", "a");
            first.receive("ACK ");
            second.answerWithSession(taken, "200 OK", "b");
            dialer.await(CallAnswered.class);
            assertThat(dialer.events.of(call)).hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class);
        }
    }

    @Test
    void shouldNotRepeatAnInviteThatWasGivenUp() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, first.port(), second.port())) {
            dialer.dial();
            first.receive("INVITE ");
            second.answer(second.receive("INVITE "), "180 Ringing", "b");
            dialer.await(CallRinging.class);

            assertThat(first.isSilent("INVITE ", 2_000)).isTrue();
        }
    }

    @Test
    void shouldNotGoOnAfterACallThatIsCancelled() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, first.port(), second.port())) {
            CallId call = dialer.dial();
            String invite = first.receive("INVITE ");
            dialer.telephony.cancel(call);

            assertThat(second.isSilent("INVITE ", 800)).isTrue();
            first.answer(invite, "503 Service Unavailable", "a");
            dialer.await(CallFailed.class);
            assertThat(second.isSilent("INVITE ", 300)).isTrue();
        }
    }

    @Test
    void shouldCancelTheCallAtTheAddressWhereItIs() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(NEVER, first.port(), second.port())) {
            CallId call = dialer.dial();
            first.answer(first.receive("INVITE "), "503 Service Unavailable", "a");
            String taken = second.receive("INVITE ");
            second.answer(taken, "180 Ringing", "b");
            dialer.await(CallRinging.class);
            dialer.telephony.cancel(call);

            second.answer(second.receive("CANCEL "), "200 OK", "b");
            second.answer(taken, "487 Request Terminated", "b");
            assertThat(dialer.await(CallFailed.class).outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void shouldSendNoMoreCallsToADeadAddressAndStayUp() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(SOON, first.port(), second.port())) {
            for (int i = 0; i < 3; i++) {
                dialer.dial();
                first.receive("INVITE ");
                second.answer(second.receive("INVITE "), "486 Busy Here", "b");
            }
            Awaitility.await().until(() -> state(dialer, first) == TrunkState.STOPPED);
            assertThat(state(dialer, second)).isEqualTo(TrunkState.UP);
            CallId straight = dialer.dial();
            second.answer(second.receive("INVITE "), "486 Busy Here", "b");

            Awaitility.await().until(() -> dialer.events.of(straight).size() == 1);
            assertThat(first.isSilent("INVITE ", 200)).isTrue();
            assertThat(dialer.counter("calls_failed_over")).isEqualTo(3);
            assertThat(dialer.events.of(TrunkChanged.class))
                    .extracting(TrunkChanged::up)
                    .containsExactly(true);
        }
    }

    @Test
    void shouldLeaveAnAddressAloneForItsRetryAfterWithoutBlockingTheTrunk() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withPorts(NEVER, first.port(), second.port())) {
            dialer.dial();
            first.answer(first.receive("INVITE "), "503 Service Unavailable", "a", "Retry-After: 20");
            second.answer(second.receive("INVITE "), "486 Busy Here", "b");
            Awaitility.await().until(() -> state(dialer, first) == TrunkState.BLOCKED);
            dialer.dial();
            second.answer(second.receive("INVITE "), "503 Service Unavailable", "b", "Retry-After: 7");

            Awaitility.await().until(() -> dialer.events.endings() == 2);
            TrunkChanged last = dialer.events.of(TrunkChanged.class).getLast();
            assertThat(last.up()).isTrue();
            assertThat(last.blockedMillis()).isBetween(6_000L, 7_000L);
            CallId held = dialer.dial();
            Awaitility.await()
                    .until(() -> dialer.events
                            .of(CallNotSent.class)
                            .equals(List.of(new CallNotSent(held, NotSent.TRUNK_DOWN))));
        }
    }

    @Test
    void shouldAskEachAddressByOptionsAndBeUpWhileOneAnswers() throws IOException {
        List<TrunkHost> hosts =
                List.of(new TrunkHost("127.0.0.1", first.port()), new TrunkHost("127.0.0.1", second.port()));
        try (TelephonyFixture dialer = TelephonyFixture.withHosts(hosts, Probe.OPTIONS, 1_000, NEVER)) {
            second.answer(second.receive("OPTIONS "), "200 OK", "b");
            first.receive("OPTIONS ");
            Awaitility.await().until(() -> state(dialer, second) == TrunkState.UP);
            assertThat(state(dialer, first)).isEqualTo(TrunkState.DOWN);
            dialer.dial();
            second.answer(second.receive("INVITE "), "486 Busy Here", "b");

            Awaitility.await().until(() -> dialer.events.endings() == 1);
            assertThat(first.isSilent("INVITE ", 200)).isTrue();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> state(dialer, second) == TrunkState.DOWN);
            assertThat(dialer.events.of(TrunkChanged.class))
                    .extracting(TrunkChanged::up)
                    .containsExactly(false, true, false);
            assertThat(dialer.events.of(TrunkChanged.class).getLast().reason())
                    .startsWith("no address is up: 127.0.0.1:" + first.port() + ": ");
        }
    }

    private static TrunkState state(TelephonyFixture dialer, RawPeer peer) {
        return dialer.telephony.trunkAddresses().stream()
                .filter(each -> each.address().endsWith(":" + peer.port()))
                .map(AddressStatus::state)
                .findFirst()
                .orElseThrow();
    }
}
