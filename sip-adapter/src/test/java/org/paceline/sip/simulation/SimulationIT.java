package org.paceline.sip.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.Outcome;
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
import org.paceline.sip.simulation.PublicBehaviour.Shares;
import org.paceline.sip.trunk.TrunkAddress;

/** The product's telephony against the simulated network: real SIP and RTP on loopback. */
@Timeout(120)
class SimulationIT {

    private static final TrunkId TRUNK = new TrunkId("carrier");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path recordings;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void shouldServeCustomersFromDialToHangUp() throws Exception {
        SimulatedCarrier carrier = carrier(PublicBehaviour.answering(50, 1_000));
        SimulatedPhones phones = keep(new SimulatedPhones("127.0.0.1", 0, SimulatedPhones.names(5)));
        Floor floor = floor(carrier, RecordingDirective.ALWAYS);
        for (String name : SimulatedPhones.names(5)) {
            floor.telephony.openLine(new AgentId(name), phones.address(name));
        }
        await(() -> floor.of(Event.LineOpened.class).size() == 5);
        for (int i = 1; i <= 20; i++) {
            floor.dial(i);
        }
        await(() -> floor.of(Event.CallHungUp.class).size() == 20
                && floor.of(Event.RecordingClosed.class).size() == 20);

        assertThat(floor.of(Event.CallConnected.class)).hasSize(20);
        assertThat(floor.of(Event.CallFailed.class)).isEmpty();
        assertThat(floor.of(Event.RecordingClosed.class))
                .allMatch(closed -> closed.file().complete() && closed.file().millis() >= 900);
        for (int i = 1; i <= 20; i++) {
            assertThat(carrier.invites("+" + number(i).e164())).isEqualTo(1);
        }
        PeerStats customers = carrier.stats();
        assertThat(customers.invites()).isEqualTo(20);
        assertThat(customers.heard()).as("customers who heard their agent").isEqualTo(20);
        assertThat(customers.acknowledged()).isEqualTo(20);
        assertThat(customers.byesSent()).isEqualTo(20);
        assertThat(customers.unserved()).isZero();
        assertThat(customers.open()).isZero();
        assertThat(customers.rtpLost()).isZero();
        assertThat(carrier.answerToHeardMicros()).hasSize(20).isSorted();
        PeerStats agents = phones.stats();
        assertThat(agents.open()).isEqualTo(5);
        assertThat(agents.heard()).as("agents who heard a customer").isEqualTo(5);
        assertThat(agents.rtpAudible()).isGreaterThan(20 * 30);
    }

    @Test
    void shouldEndCallsInEveryWayOfTheNetwork() throws Exception {
        Map<Shares, Outcome> ways = Map.of(
                new Shares(0, 0, 1, 0, 0, 0), Outcome.BUSY,
                new Shares(0, 0, 0, 1, 0, 0), Outcome.INVALID_NUMBER,
                new Shares(0, 0, 0, 0, 1, 0), Outcome.CONGESTION,
                new Shares(0, 0, 0, 0, 0, 1), Outcome.REJECTED);
        for (Map.Entry<Shares, Outcome> way : ways.entrySet()) {
            SimulatedCarrier carrier = carrier(behaviour(way.getKey(), 5_000));
            Floor floor = floor(carrier, RecordingDirective.NEVER);
            floor.dial(1);
            await(() -> floor.of(Event.CallFailed.class).size() == 1);
            assertThat(floor.of(Event.CallFailed.class).getFirst().outcome()).isEqualTo(way.getValue());
            assertThat(carrier.stats().refused()).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeACancelWhileItRings() throws Exception {
        SimulatedCarrier carrier = carrier(behaviour(new Shares(0, 1, 0, 0, 0, 0), 5_000));
        Floor floor = floor(carrier, RecordingDirective.NEVER);
        CallId call = floor.dial(1);
        await(() -> floor.of(Event.CallRinging.class).size() == 1);
        floor.telephony.cancel(call);
        await(() -> floor.of(Event.CallFailed.class).size() == 1);
        assertThat(floor.of(Event.CallFailed.class).getFirst().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(floor.of(Event.CallFailed.class).getFirst().cause().sipStatus())
                .isEqualTo(487);
        assertThat(carrier.stats().cancelled()).isEqualTo(1);
    }

    @Test
    void shouldHangUpOnADialerThatServesNobody() throws Exception {
        SimulatedCarrier carrier = carrier(behaviour(new Shares(1, 0, 0, 0, 0, 0), 300));
        Floor floor = floor(carrier, RecordingDirective.NEVER);
        floor.dial(1);
        await(() -> floor.of(Event.CallHungUp.class).size() == 1);
        assertThat(carrier.stats().unserved()).isEqualTo(1);
        assertThat(carrier.stats().heard()).as("silence is no word").isZero();
    }

    @Test
    void shouldHearACustomersFirstWords() throws Exception {
        SimulatedCarrier carrier = carrier(behaviour(new Shares(1, 0, 0, 0, 0, 0), 10_000));
        Floor floor = floor(carrier, RecordingDirective.NEVER);
        CallId call = floor.dial(1);
        await(() -> floor.of(Event.GreetingEnded.class).size() == 1);

        Event.GreetingBegan began = floor.of(Event.GreetingBegan.class).getFirst();
        Event.GreetingEnded ended = floor.of(Event.GreetingEnded.class).getFirst();
        assertThat(began.call()).isEqualTo(call);
        assertThat(began.answerToGreetingMillis()).isBetween(0L, 500L);
        assertThat(ended.answerToGreetingMillis() - began.answerToGreetingMillis())
                .isBetween(800L, 1_300L);
        assertThat(carrier.stats().heard()).as("they wait for a word").isZero();
    }

    @Test
    void shouldLoseALineAndTakeItAgain() throws Exception {
        SimulatedCarrier carrier = carrier(PublicBehaviour.answering(0, 0));
        SimulatedPhones phones = keep(new SimulatedPhones("127.0.0.1", 0, List.of("anna")));
        Floor floor = floor(carrier, RecordingDirective.NEVER);
        floor.telephony.openLine(new AgentId("anna"), phones.address("anna"));
        await(() -> floor.of(Event.LineOpened.class).size() == 1);
        phones.hangUp("anna");
        await(() -> floor.of(Event.LineLost.class).size() == 1
                && floor.of(Event.LineOpened.class).size() == 2);
        assertThat(phones.invites("anna")).isEqualTo(2);
        assertThat(phones.stats().open()).isEqualTo(1);
    }

    @Test
    void shouldKeepUpWithManyCalls() throws Exception {
        SimulatedCarrier carrier = carrier(PublicBehaviour.answering(20, 0));
        Floor floor = floor(carrier, RecordingDirective.NEVER);
        floor.hangUpAtOnce = true;
        for (int i = 1; i <= 500; i++) {
            floor.dial(i);
        }
        await(() -> floor.of(Event.CallHungUp.class).size()
                        + floor.of(Event.CallFailed.class).size()
                == 500);
        assertThat(floor.of(Event.CallFailed.class)).isEmpty();
        assertThat(carrier.stats().invites()).isEqualTo(500);
        assertThat(carrier.stats().byesReceived()).isEqualTo(500);
        await(() -> carrier.stats().open() == 0);
    }

    private SimulatedCarrier carrier(PublicBehaviour behaviour) throws IOException {
        return keep(new SimulatedCarrier("127.0.0.1", 0, behaviour, 20261122));
    }

    private static PublicBehaviour behaviour(Shares shares, long patienceMillis) {
        return new PublicBehaviour(
                shares, TimeLaw.fixed(10), TimeLaw.fixed(50), TimeLaw.fixed(500), TimeLaw.fixed(patienceMillis));
    }

    private Floor floor(SimulatedCarrier carrier, RecordingDirective recording) throws IOException {
        Floor floor = new Floor(carrier.port(), recording);
        keep(floor.telephony);
        floor.telephony.start();
        return floor;
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).until(condition);
    }

    private static PhoneNumber number(int index) {
        return new PhoneNumber(13055550000L + index, "US", NumberKind.UNKNOWN, List.of(ZoneId.of("America/New_York")));
    }

    /** The least of an engine: connects who answers with whoever is free. */
    private final class Floor implements EventSink {
        final SipTelephony telephony;
        final List<Event> events = new CopyOnWriteArrayList<>();
        volatile boolean hangUpAtOnce;
        private final RecordingDirective recording;
        private final ConcurrentLinkedQueue<AgentId> free = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<CallId> waiting = new ConcurrentLinkedQueue<>();
        private final Map<CallId, AgentId> talking = new ConcurrentHashMap<>();

        Floor(int carrierPort, RecordingDirective recording) {
            this.recording = recording;
            var trunk = new TrunkAddress(TRUNK, "127.0.0.1", carrierPort, TrunkAddress.Probe.CALLS, 60_000);
            telephony = new SipTelephony(
                    new SipSettings(
                            "127.0.0.1",
                            null,
                            0,
                            "Paceline",
                            "callerid.example",
                            List.of(),
                            List.of(trunk),
                            new MediaSettings(0, 0, recordings, 0)),
                    this);
        }

        CallId dial(int index) {
            CallId call = new CallId(index);
            telephony.dial(
                    call,
                    new DialOrder(
                            number(index),
                            TRUNK,
                            13055550100L,
                            30_000,
                            true,
                            recording,
                            null,
                            new CampaignId("spring")));
            return call;
        }

        <T extends Event> List<T> of(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        @Override
        public void publish(Event event) {
            offer(event);
        }

        @Override
        public synchronized boolean offer(Event event) {
            events.add(event);
            if (event instanceof Event.LineOpened opened) {
                free.add(opened.agent());
            } else if (event instanceof Event.CallAnswered answered) {
                waiting.add(answered.call());
            } else if (event instanceof Event.CallHungUp hungUp && talking.containsKey(hungUp.call())) {
                free.add(talking.remove(hungUp.call()));
            }
            if (hangUpAtOnce) {
                waiting.forEach(call -> telephony.hangUp(call, HangUpCause.ABANDONED));
                waiting.clear();
            }
            while (!free.isEmpty() && !waiting.isEmpty()) {
                CallId call = waiting.remove();
                AgentId agent = free.remove();
                talking.put(call, agent);
                telephony.connect(call, agent);
            }
            return true;
        }
    }
}
