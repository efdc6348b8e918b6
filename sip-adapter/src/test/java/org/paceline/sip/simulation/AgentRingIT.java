package org.paceline.sip.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.port.EventSink;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;
import org.paceline.sip.SipSettings;
import org.paceline.sip.SipTelephony;
import org.paceline.sip.media.MediaSettings;
import org.paceline.sip.trunk.TrunkAddress;

/** Agents' phones that are called for each customer: real SIP and RTP on loopback. */
@Timeout(60)
class AgentRingIT {

    private static final TrunkId TRUNK = new TrunkId("carrier");
    private static final CallId CALL = new CallId(1);
    private static final AgentRing TO_ANNA = new AgentRing(1, CALL, new AgentId("anna"));
    private static final AgentRing TO_BERT = new AgentRing(2, CALL, new AgentId("bert"));

    @TempDir
    Path recordings;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Told told = new Told();
    private SimulatedCarrier carrier;
    private SimulatedPhones phones;
    private SipTelephony telephony;

    @BeforeEach
    void customerAnswers() throws IOException {
        carrier = keep(new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(10, 60_000), 20261125));
        phones = keep(new SimulatedPhones("127.0.0.1", 0, List.of("anna", "bert")));
        var trunk = new TrunkAddress(TRUNK, "127.0.0.1", carrier.port(), TrunkAddress.Probe.CALLS, 60_000);
        telephony = keep(new SipTelephony(
                new SipSettings(
                        "127.0.0.1",
                        null,
                        0,
                        "Paceline",
                        "callerid.example",
                        List.of(),
                        List.of(trunk),
                        new MediaSettings(0, 0, recordings, 0)),
                told));
        telephony.start();
        PhoneNumber number =
                new PhoneNumber(13055550123L, "US", NumberKind.UNKNOWN, List.of(ZoneId.of("America/New_York")));
        telephony.dial(
                CALL,
                new DialOrder(
                        number,
                        TRUNK,
                        13055550100L,
                        30_000,
                        false,
                        RecordingDirective.ALWAYS,
                        null,
                        new CampaignId("spring")));
        await(() -> told.of(Event.CallAnswered.class).size() == 1);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private void ring(AgentRing ring) {
        telephony.ringAgent(ring, phones.address(ring.agent().value()));
    }

    @Test
    void shouldJoinOnceThePhoneAnswersAndHangItUpAfterTheCall() {
        phones.manner("anna", new PhoneManner.Answers(300));
        ring(TO_ANNA);
        await(() -> told.of(Event.AgentAnswered.class).size() == 1);

        Event.AgentAnswered answered = told.of(Event.AgentAnswered.class).getFirst();
        assertThat(answered.ring()).isEqualTo(TO_ANNA);
        assertThat(answered.answerToConnectedMicros()).isBetween(300_000L, 10_000_000L);
        await(() -> carrier.stats().heard() == 1 && phones.stats().heard() == 1);
        telephony.hangUp(CALL, HangUpCause.AGENT_HUNG_UP);
        await(() -> phones.stats().byesReceived() == 1 && carrier.stats().byesReceived() == 1);
        await(() -> told.of(Event.RecordingClosed.class).size() == 1);
        assertThat(told.of(Event.CallHungUp.class)).hasSize(1);
        assertThat(told.of(Event.AgentHungUp.class)).isEmpty();
        assertThat(told.of(Event.AgentMissed.class)).isEmpty();
        assertNothingOpen();
    }

    @ParameterizedTest
    @CsvSource({"486, status 486 (busy here)", "480, status 480 (temporarily unavailable)"})
    void shouldKeepTheCustomerWhenThePhoneRefusesAndJoinTheNext(int status, String reason) {
        phones.manner("anna", new PhoneManner.Refuses(status));
        ring(TO_ANNA);
        await(() -> told.of(Event.AgentMissed.class).size() == 1);
        assertThat(told.of(Event.AgentMissed.class)).containsExactly(new Event.AgentMissed(TO_ANNA, reason));

        ring(TO_BERT);
        await(() -> told.of(Event.AgentAnswered.class).size() == 1);
        assertThat(told.of(Event.AgentAnswered.class).getFirst().ring()).isEqualTo(TO_BERT);
        await(() -> carrier.stats().heard() == 1);
        assertThat(told.of(Event.CallHungUp.class)).isEmpty();
    }

    @Test
    void shouldCancelAPhoneThatIsNotAnsweredAndRingTheNext() {
        phones.manner("anna", new PhoneManner.Rings());
        ring(TO_ANNA);
        await(() -> phones.invites("anna") == 1);
        telephony.stopRinging(TO_ANNA);
        ring(TO_BERT);
        await(() ->
                told.of(Event.AgentAnswered.class).size() == 1 && phones.stats().cancelled() == 1);

        assertThat(told.of(Event.AgentAnswered.class).getFirst().ring()).isEqualTo(TO_BERT);
        assertThat(told.of(Event.AgentMissed.class)).isEmpty();
        telephony.stopRinging(TO_ANNA);
        telephony.hangUp(CALL, HangUpCause.AGENT_HUNG_UP);
        await(() -> phones.stats().byesReceived() == 1);
        assertNothingOpen();
    }

    @Test
    void shouldRingTheSamePhoneAgainAfterItsRingWasStopped() {
        phones.manner("anna", new PhoneManner.Rings());
        ring(TO_ANNA);
        await(() -> phones.invites("anna") == 1);
        telephony.stopRinging(TO_ANNA);
        phones.manner("anna", PhoneManner.Answers.AT_ONCE);
        AgentRing again = new AgentRing(2, CALL, TO_ANNA.agent());
        ring(again);
        await(() -> told.of(Event.AgentAnswered.class).size() == 1);

        assertThat(told.of(Event.AgentAnswered.class).getFirst().ring()).isEqualTo(again);
        telephony.stopRinging(TO_ANNA);
        await(() -> carrier.stats().heard() == 1);
        assertThat(phones.stats().open()).isEqualTo(1);
    }

    @Test
    void shouldTellWhenTheAgentHangsUpAndKeepTheCustomer() {
        ring(TO_ANNA);
        await(() -> told.of(Event.AgentAnswered.class).size() == 1
                && carrier.stats().heard() == 1);
        phones.hangUp("anna");
        await(() -> told.of(Event.AgentHungUp.class).size() == 1);

        assertThat(told.of(Event.CallHungUp.class)).isEmpty();
        telephony.hangUp(CALL, HangUpCause.AGENT_HUNG_UP);
        await(() -> told.of(Event.CallHungUp.class).size() == 1);
        assertNothingOpen();
    }

    @Test
    void shouldCancelThePhoneWhenTheCustomerGoesDuringTheRing() {
        phones.manner("anna", new PhoneManner.Rings());
        ring(TO_ANNA);
        await(() -> phones.invites("anna") == 1);
        telephony.hangUp(CALL, HangUpCause.DRAIN_TIMEOUT);
        await(() -> phones.stats().cancelled() == 1);

        assertThat(told.of(Event.AgentMissed.class)).isEmpty();
        assertNothingOpen();
    }

    @Test
    void shouldPlayTheMessageToACustomerWhoseTimeEndedDuringTheRing() {
        phones.manner("anna", new PhoneManner.Rings());
        ring(TO_ANNA);
        await(() -> phones.invites("anna") == 1);
        telephony.stopRinging(TO_ANNA);
        telephony.announce(
                CALL, new Announcement(recordings.resolve("missing.wav").toString()));
        await(() ->
                told.of(Event.CallHungUp.class).size() == 1 && phones.stats().cancelled() == 1);
        assertThat(told.of(Event.AgentMissed.class)).isEmpty();
        assertThat(told.of(Event.AgentAnswered.class)).isEmpty();
    }

    private void assertNothingOpen() {
        await(() -> Long.valueOf(0).equals(telephony.counters().get("open_calls")));
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    /** What the network told. */
    private static final class Told implements EventSink {
        private final List<Event> events = new CopyOnWriteArrayList<>();

        @Override
        public void publish(Event event) {
            events.add(event);
        }

        @Override
        public boolean offer(Event event) {
            events.add(event);
            return true;
        }

        <T extends Event> List<T> of(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }
}
