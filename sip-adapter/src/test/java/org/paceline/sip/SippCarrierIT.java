package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallConnected;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.event.Event.GreetingBegan;
import org.paceline.dialer.event.Event.GreetingEnded;
import org.paceline.dialer.event.Event.LineLost;
import org.paceline.dialer.event.Event.LineOpened;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.audio.G711;

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

    /** 0.3 s of silence, 1.2 s of a loud square wave, silence; a pause of 0.4 s is within it. */
    @Test
    void shouldHearTheFirstWordsOfWhoAnswers(@TempDir Path folder) throws IOException {
        byte[] sound = new byte[8_000 * 4];
        for (int i = 0; i < sound.length; i++) {
            int millis = i / 8;
            boolean speaks = (millis >= 300 && millis < 700) || (millis >= 1_100 && millis < 1_500);
            int level = i / 8 % 2 == 0 ? 3_000 : -3_000;
            sound[i] = G711.PCMU.encode((short) (speaks ? level : 0));
        }
        Path file = Files.write(folder.resolve("greeting.ulaw"), sound);
        try (SippRun carrier = SippRun.greeting(file);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dialAwaitingGreeting();
            GreetingEnded ended = dialer.await(GreetingEnded.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            dialer.await(CallHungUp.class);

            GreetingBegan began = dialer.await(GreetingBegan.class);
            assertThat(began.answerToGreetingMillis()).isBetween(250L, 600L);
            assertThat(ended.answerToGreetingMillis() - began.answerToGreetingMillis())
                    .isBetween(1_100L, 1_300L);
            assertThat(dialer.events.of(call))
                    .hasExactlyElementsOfTypes(
                            CallAnswered.class, GreetingBegan.class, GreetingEnded.class, CallHungUp.class);
            carrier.awaitSuccess();
        }
    }

    @Test
    void shouldCancelWhenItRingsTooLong() throws IOException {
        try (SippRun carrier = SippRun.scenario("no-answer", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial(800);

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.NO_ANSWER, CallCause.ofStatus(487), false));
            carrier.awaitSuccess();
            assertThat(dialer.events.of(call)).hasExactlyElementsOfTypes(CallRinging.class, CallFailed.class);
        }
    }

    @Test
    void shouldCancelByOrder() throws IOException {
        try (SippRun carrier = SippRun.scenario("no-answer", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();
            dialer.await(CallRinging.class);
            dialer.telephony.cancel(call);

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.CANCELLED, CallCause.ofStatus(487), false));
            carrier.awaitSuccess();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "486 Busy Here,             BUSY",
        "404 Not Found,             INVALID_NUMBER",
        "603 Decline,               REJECTED",
        "607 Unwanted,              UNWANTED",
        "500 Server Internal Error, CONGESTION",
        "407 Proxy Auth Required,   TRUNK_FAILED",
        "302 Moved Temporarily,     TRUNK_FAILED"
    })
    void shouldNameTheOutcomeOfARefusal(String statusLine, Outcome outcome) throws IOException {
        try (SippRun carrier = SippRun.refusing(statusLine, "X-None: 0");
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();

            int status = Integer.parseInt(statusLine.substring(0, 3));
            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, outcome, CallCause.ofStatus(status), false));
            carrier.awaitSuccess();
        }
    }

    @Test
    void shouldLeaveATrunkAloneThatAsksFor() throws IOException {
        try (SippRun carrier = SippRun.refusing("503 Service Unavailable", "Retry-After: 7");
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.CONGESTION, new CallCause(503, 0, 7), false));
            assertThat(dialer.events.of(TrunkChanged.class))
                    .last()
                    .isEqualTo(new TrunkChanged(TelephonyFixture.TRUNK, true, 7_000, "status 503"));
            carrier.awaitSuccess();
        }
    }

    @Test
    void shouldHangUpAnAnswerThatCrossesTheCancel() throws IOException {
        try (SippRun carrier = SippRun.scenario("answer-crosses-cancel", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial(500);

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.NO_ANSWER, CallCause.ofStatus(200), true, Fault.US));
            carrier.awaitSuccess();
            assertThat(dialer.counter("late_answers")).isEqualTo(1);
        }
    }

    @Test
    void shouldEndACallThatIsNotTerminatedAfterCancelAndHangUpItsLateAnswer() throws IOException {
        try (SippRun carrier = SippRun.scenario("answer-after-cancel", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial(500);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> !dialer.events.of(CallFailed.class).isEmpty());

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.NO_ANSWER, CallCause.NONE, false));
            carrier.awaitSuccess();
            assertThat(dialer.counter("unanswered_cancels")).isEqualTo(1);
            assertThat(dialer.counter("late_answers")).isEqualTo(1);
        }
    }

    @Test
    void shouldAcknowledgeEveryRepetitionOfAnAnswer() throws IOException {
        // -nr: else SIPp takes an ACK sent again for its own business, and not for the scenario's.
        try (SippRun carrier = SippRun.scenario("repeated-answer", 1, "-nr");
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();
            dialer.awaitCounter("retransmitted_answers", 2);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);

            carrier.awaitSuccess();
            assertThat(dialer.events.of(call))
                    .hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class, CallHungUp.class);
        }
    }

    @Test
    void shouldKeepOneOfTwoForkedAnswers() throws IOException {
        try (SippRun carrier = SippRun.scenario("forked-answer", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();
            dialer.awaitCounter("forked_answers", 1);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);

            carrier.awaitSuccess();
            assertThat(dialer.events.of(CallHungUp.class)).hasSize(1);
        }
    }

    @Test
    void shouldTakeTheSessionOfAReliable183AndItsChangeBeforeTheAnswer() throws IOException {
        try (SippRun carrier = SippRun.scenario("reliable", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);

            carrier.awaitSuccess();
            assertThat(dialer.events.of(call))
                    .hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class, CallHungUp.class);
        }
    }

    @Test
    void shouldRefreshASessionAndHangUpOneThatIsNotRefreshed() throws IOException {
        try (SippRun carrier = SippRun.scenario("session-timer", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();

            assertThat(dialer.await(CallHungUp.class))
                    .isEqualTo(new CallHungUp(call, HungUpBy.SIGNALLING, CallCause.NONE));
            carrier.awaitSuccess();
            assertThat(dialer.events.of(call)).hasExactlyElementsOfTypes(CallAnswered.class, CallHungUp.class);
        }
    }

    @Test
    void shouldHangUpAnAnswerWithoutASession() throws IOException {
        try (SippRun carrier = SippRun.scenario("no-session", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();

            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(200), true));
            carrier.awaitSuccess();
        }
    }

    @Test
    void shouldReportACustomerWhoHangsUp() throws IOException {
        try (SippRun carrier = SippRun.scenario("hangs-up", 1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();

            assertThat(dialer.await(CallHungUp.class))
                    .isEqualTo(new CallHungUp(call, HungUpBy.CUSTOMER, new CallCause(0, 16, 0)));
            carrier.awaitSuccess();
        }
    }

    @Test
    void shouldEndEachOfManyCallsOnce() throws IOException {
        int calls = 300;
        try (SippRun carrier = SippRun.uas(calls);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            for (int i = 0; i < calls; i++) {
                CallId call = dialer.dial();
                Awaitility.await().until(() -> !dialer.events.of(call).isEmpty());
                if (i % 3 == 0) {
                    dialer.telephony.cancel(call);
                }
                dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                for (CallAnswered answered : dialer.events.of(CallAnswered.class)) {
                    dialer.telephony.hangUp(answered.call(), HangUpCause.ABANDONED);
                }
                return dialer.events.endings() == calls;
            });
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> dialer.counter("open_calls") == 0);
            assertThat(dialer.events.endings()).isEqualTo(calls);
        }
    }

    @Test
    void shouldJoinACustomerWithAnAgent() throws IOException {
        AgentId agent = new AgentId("alice");
        try (SippRun carrier = SippRun.uas(1);
                SippRun phone = SippRun.uas(1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            dialer.telephony.openLine(agent, new AgentAddress("sip:alice@127.0.0.1:" + phone.port()));
            dialer.await(LineOpened.class);
            CallId call = dialer.dial();
            dialer.await(CallAnswered.class);
            dialer.telephony.connect(call, agent);

            CallConnected connected = dialer.await(CallConnected.class);
            assertThat(connected.agent()).isEqualTo(agent);
            assertThat(connected.answerToConnectedMicros()).isPositive();
            dialer.telephony.hangUp(call, HangUpCause.AGENT_HUNG_UP);
            dialer.await(CallHungUp.class);
            carrier.awaitSuccess();

            assertThat(dialer.events.of(LineLost.class)).isEmpty();
            dialer.telephony.closeLine(agent);
            phone.awaitSuccess();
        }
    }

    @Test
    void shouldCallAnAgentAgainWhoseLineDropped() throws IOException {
        AgentId agent = new AgentId("alice");
        try (SippRun phone = SippRun.scenario("hangs-up", 2);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", SippRun.freePort())) {
            dialer.telephony.openLine(agent, new AgentAddress("sip:alice@127.0.0.1:" + phone.port()));

            phone.awaitSuccess();
            Awaitility.await().until(() -> dialer.events.of(LineLost.class).size() >= 2);
            assertThat(dialer.events.of(LineOpened.class)).hasSize(2);
            assertThat(dialer.events.of(LineLost.class)).contains(new LineLost(agent, "the phone hung up"));
        }
    }

    @Test
    void shouldKeepTheCustomerForTheNextAgentWhenTheAgentsLineIsNotUp() throws IOException {
        try (SippRun carrier = SippRun.uas(1);
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", carrier.port())) {
            CallId call = dialer.dial();
            dialer.await(CallAnswered.class);
            dialer.telephony.connect(call, new AgentId("nobody"));
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);

            assertThat(dialer.await(CallHungUp.class).by()).isEqualTo(HungUpBy.US);
            carrier.awaitSuccess();
        }
    }
}
