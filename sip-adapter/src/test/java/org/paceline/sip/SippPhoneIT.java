package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.AgentAnswered;
import org.paceline.dialer.event.Event.AgentHungUp;
import org.paceline.dialer.event.Event.AgentMissed;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;

/** SIPp plays the phone of an agent, called for a customer who answered. */
@Timeout(60)
class SippPhoneIT {
    private SippRun carrier;
    private TelephonyFixture dialer;
    private CallId customer;
    private AgentRing ring;

    @BeforeEach
    void customerAnswers() throws IOException {
        carrier = SippRun.uas(1);
        dialer = new TelephonyFixture("127.0.0.1", carrier.port());
        customer = dialer.dial();
        dialer.await(CallAnswered.class);
        ring = new AgentRing(1, customer, new AgentId("alice"));
    }

    @AfterEach
    void close() {
        dialer.close();
        carrier.close();
    }

    private void ring(SippRun phone) {
        dialer.telephony.ringAgent(ring, new AgentAddress("sip:alice@127.0.0.1:" + phone.port(), LineKind.PER_CALL));
    }

    @Test
    void shouldAskThePhoneToAnswerByItselfAndHangItUpAfterTheTalk() {
        try (SippRun phone = SippRun.scenario("phone-answers", 1)) {
            ring(phone);
            AgentAnswered answered = dialer.await(AgentAnswered.class);
            assertThat(answered.ring()).isEqualTo(ring);
            assertThat(answered.answerToConnectedMicros()).isGreaterThan(200_000);

            dialer.telephony.hangUp(customer, HangUpCause.AGENT_HUNG_UP);
            dialer.await(CallHungUp.class);
            phone.awaitSuccess();
            carrier.awaitSuccess();
            assertThat(dialer.events.of(AgentHungUp.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "486 Busy Here, status 486 (busy here)",
        "480 Temporarily Unavailable, status 480 (temporarily unavailable)"
    })
    void shouldTellOfARefusalAndKeepTheCustomer(String statusLine, String reason) {
        try (SippRun phone = SippRun.refusing(statusLine, "X-Test: 1")) {
            ring(phone);
            assertThat(dialer.await(AgentMissed.class)).isEqualTo(new AgentMissed(ring, reason));
            phone.awaitSuccess();
            assertThat(dialer.events.of(CallHungUp.class)).isEmpty();
        }
    }

    @Test
    void shouldCancelAPhoneThatIsNotAnswered() {
        try (SippRun phone = SippRun.scenario("no-answer", 1)) {
            ring(phone);
            dialer.telephony.stopRinging(ring);
            phone.awaitSuccess();
            assertThat(dialer.events.of(AgentMissed.class)).isEmpty();
            assertThat(dialer.events.of(CallHungUp.class)).isEmpty();
        }
    }

    @Test
    void shouldHangUpAPhoneWhoseAnswerCrossedTheCancel() {
        try (SippRun phone = SippRun.scenario("answer-crosses-cancel", 1)) {
            ring(phone);
            dialer.telephony.stopRinging(ring);
            phone.awaitSuccess();
            dialer.awaitCounter("late_answers", 1);
            assertThat(dialer.events.of(AgentAnswered.class)).isEmpty();
            assertThat(dialer.events.of(AgentMissed.class)).isEmpty();
            assertThat(dialer.events.of(CallHungUp.class)).isEmpty();
        }
    }

    @Test
    void shouldTellOnceOfAPhoneThatHangsUpAndKeepTheCustomer() {
        try (SippRun phone = SippRun.scenario("hangs-up", 1)) {
            ring(phone);
            phone.awaitSuccess();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> dialer.events.of(AgentHungUp.class).size()
                                    + dialer.events.of(AgentMissed.class).size()
                            == 1);
            assertThat(dialer.events.of(AgentHungUp.class)).hasSameSizeAs(dialer.events.of(AgentAnswered.class));
            assertThat(dialer.events.of(CallHungUp.class)).isEmpty();
        }
    }
}
