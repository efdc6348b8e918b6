package org.paceline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.RawPeer;
import org.paceline.sip.RecordedEvents;
import org.paceline.sip.TelephonyFixture;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dns.Families;
import org.paceline.sip.dns.SipNames;
import org.paceline.sip.line.AgentPhones;
import org.paceline.sip.media.MediaListener;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.media.MediaSettings;
import org.paceline.sip.registrar.Registrar;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.trunk.TrunkAddress;
import org.paceline.sip.trunk.TrunkAddress.Probe;
import org.paceline.sip.trunk.TrunkProbe;

/** One leg over SIP of its own, whose owner can be made to fail. */
@Timeout(60)
class CustomerLegTest {

    private static final CallId CALL = new CallId(1);

    private final RecordedEvents events = new RecordedEvents();
    private @Nullable Class<? extends Event> failsAt;
    private boolean over;
    private RawPeer peer;
    private SipCalls calls;
    private MediaPlane media;
    private CustomerLeg leg;

    @BeforeEach
    void start() throws IOException {
        ThreadWatch watch = ThreadWatch.endingTheProcess();
        SipCounters counters = new SipCounters();
        PeerAddresses peers = new PeerAddresses();
        peer = new RawPeer();
        calls = new SipCalls("127.0.0.1", 0, "test", peers, counters, watch);
        media = new MediaPlane("127.0.0.1", new MediaSettings(0, 0, null, 0, 0), new NoReports(), watch);
        TrunkProbe trunk = new TrunkProbe(
                new TrunkAddress(TelephonyFixture.TRUNK, "127.0.0.1", peer.port(), Probe.CALLS, 60_000),
                calls,
                peers,
                new SipNames(List.of(), Families.V4),
                events::publish);
        trunk.start(() -> {});
        Awaitility.await().until(trunk::hasAddress);
        leg = new CustomerLeg(
                CALL,
                TelephonyFixture.order(TelephonyFixture.TRUNK, 30_000),
                trunk,
                new LegSurroundings(
                        new AgentPhones(calls, media, Registrar.none(peers, counters), counters, 0, TlsTerms.USUAL),
                        "callerid.example",
                        this::take),
                () -> over = true);
    }

    @AfterEach
    void stop() {
        calls.close();
        media.close();
        peer.close();
    }

    @Test
    void shouldHangUpAndTellItWhenATaskFailsAtTheAnswer() {
        failsAt = CallAnswered.class;
        leg.dial();
        peer.answerWithSession(peer.receive("INVITE "), "200 OK", "a");

        peer.receive("ACK ");
        peer.answer(peer.receive("BYE "), "200 OK", "a");
        assertThat(theEnd()).isEqualTo(new CallHungUp(CALL, HungUpBy.SIGNALLING, CallCause.NONE));
        assertNothingIsLeft();
    }

    @Test
    void shouldCancelAndTellItWhenATaskFailsWhileItRings() {
        failsAt = CallRinging.class;
        leg.dial();
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "180 Ringing", "a");

        peer.answer(peer.receive("CANCEL "), "200 OK", "a");
        CallFailed end = (CallFailed) theEnd();
        assertThat(end.outcome()).isEqualTo(Outcome.TRUNK_FAILED);
        peer.answer(invite, "487 Request Terminated", "a");
        peer.receive("ACK ");
        assertNothingIsLeft();
    }

    @Test
    void shouldNotFollowARedirectionOnceItIsAbandoned() {
        leg.dial();
        String invite = peer.receive("INVITE ");
        leg.abandon();
        peer.answer(invite, "302 Moved Temporarily", "a", "Contact: <sip:+13055550123@127.0.0.1:" + peer.port() + ">");

        peer.receive("ACK ");
        assertNothingIsLeft();
        assertThat(peer.isSilent("INVITE ", 200)).isTrue();
    }

    private Event theEnd() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !events.all().isEmpty() && isEnd(events.all().getLast()));
        assertThat(events.endings()).isEqualTo(1);
        return Objects.requireNonNull(events.all().getLast());
    }

    private void assertNothingIsLeft() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> calls.open() == 0 && media.stats().sessions() == 0);
        assertThat(over).isTrue();
    }

    private void take(Event event) {
        if (failsAt != null && failsAt.isInstance(event)) {
            throw new IllegalStateException("as asked");
        }
        events.publish(event);
    }

    private static boolean isEnd(Event event) {
        return event instanceof CallFailed || event instanceof CallHungUp;
    }

    private static final class NoReports implements MediaListener {
        @Override
        public void recordingClosed(CallId call, RecordingFile file) {}

        @Override
        public void recorderChanged(@Nullable String reason) {}
    }
}
