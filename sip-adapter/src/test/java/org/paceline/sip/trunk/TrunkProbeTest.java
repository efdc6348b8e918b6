package org.paceline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.RawPeer;
import org.paceline.sip.RecordedEvents;
import org.paceline.sip.TelephonyFixture;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.dns.Families;
import org.paceline.sip.dns.Resolution;
import org.paceline.sip.dns.Server;
import org.paceline.sip.dns.SipNames;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.trunk.TrunkAddress.Probe;

@Timeout(60)
class TrunkProbeTest {

    private static final SipNames NAMES = new SipNames(List.of(), Families.V4);

    @Test
    void shouldBeDownUntilOptionsIsAnsweredAndAfterTwoThatAreNot() throws IOException {
        try (RawPeer peer = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port(), Probe.OPTIONS, 300)) {
            assertThat(ups(dialer.events)).containsExactly(false);
            peer.answer(peer.receive("OPTIONS "), "404 Not Found", "a");
            Awaitility.await().until(() -> ups(dialer.events).equals(List.of(false, true)));
            Awaitility.await().until(() -> ups(dialer.events).equals(List.of(false, true, false)));
            assertThat(dialer.events.of(TrunkChanged.class).getLast().reason()).contains("OPTIONS without an answer");

            peer.answer(peer.receive("OPTIONS "), "200 OK", "a");
            Awaitility.await().until(() -> ups(dialer.events).equals(List.of(false, true, false, true)));
        }
    }

    @Test
    void shouldGoDownAfterCallsWithoutAnyResponse() throws IOException {
        RecordedEvents events = new RecordedEvents();
        PeerAddresses peers = new PeerAddresses();
        try (SipCalls calls =
                new SipCalls("127.0.0.1", 0, "test", peers, new SipCounters(), ThreadWatch.endingTheProcess())) {
            TrunkAddress address = new TrunkAddress(TelephonyFixture.TRUNK, "127.0.0.1", 5060, Probe.CALLS, 60_000);
            TrunkProbe trunk = new TrunkProbe(address, calls, peers, NAMES, events::publish);
            trunk.start(() -> {});
            route(trunk).silent();
            route(trunk).silent();
            route(trunk).worked();
            route(trunk).silent();
            route(trunk).silent();
            assertThat(ups(events)).containsExactly(true);
            route(trunk).silent();

            assertThat(ups(events)).containsExactly(true, false);
        }
    }

    @Test
    void shouldReportAHostThatDoesNotResolve() throws IOException {
        try (TelephonyFixture dialer = new TelephonyFixture("no-such-host.invalid", 5060)) {
            TrunkChanged change = dialer.await(TrunkChanged.class);
            assertThat(change.up()).isFalse();
            assertThat(change.reason()).startsWith("host no-such-host.invalid does not resolve: ");
        }
    }

    @Test
    void shouldLeaveATrunkAloneForItsRetryAfter() throws IOException {
        RecordedEvents events = new RecordedEvents();
        PeerAddresses peers = new PeerAddresses();
        try (SipCalls calls =
                new SipCalls("127.0.0.1", 0, "test", peers, new SipCounters(), ThreadWatch.endingTheProcess())) {
            TrunkAddress address = new TrunkAddress(TelephonyFixture.TRUNK, "127.0.0.1", 5060, Probe.CALLS, 60_000);
            TrunkProbe trunk = new TrunkProbe(address, calls, peers, NAMES, events::publish);
            trunk.start(() -> {});
            route(trunk).overloaded(0);
            assertThat(events.of(TrunkChanged.class)).hasSize(1);
            TrunkRoute route = route(trunk);
            route.overloaded(5);
            route.overloaded(86_400);
            route.overloaded(10);

            assertThat(events.of(TrunkChanged.class))
                    .extracting(TrunkChanged::blockedMillis)
                    .containsExactly(0L, 5_000L, 300_000L);
        }
    }

    @Test
    void shouldLeaveATrunkAloneThatAnswersItsProbeWithRetryAfter() throws IOException {
        try (RawPeer peer = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port(), Probe.OPTIONS, 300)) {
            peer.answer(peer.receive("OPTIONS "), "503 Service Unavailable", "a", "Retry-After: 120");

            Awaitility.await()
                    .until(() -> dialer.events.of(TrunkChanged.class).getLast().blockedMillis() == 120_000);
            assertThat(dialer.events.of(TrunkChanged.class).getLast().up()).isTrue();
            assertThat(dialer.events.of(TrunkChanged.class))
                    .noneMatch(change -> change.up() && change.blockedMillis() == 0);
        }
    }

    @Test
    void shouldBeUpAgainWhenItAnswersThatItIsStillBusy() throws IOException {
        try (RawPeer peer = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port(), Probe.OPTIONS, 300)) {
            peer.answer(peer.receive("OPTIONS "), "503 Service Unavailable", "a", "Retry-After: 120");
            Awaitility.await().until(() -> ups(dialer.events).equals(List.of(false, true, false)));

            peer.answer(peer.receive("OPTIONS "), "503 Service Unavailable", "a", "Retry-After: 60");
            Awaitility.await().until(() -> ups(dialer.events).equals(List.of(false, true, false, true)));
            assertThat(dialer.events.of(TrunkChanged.class).getLast().blockedMillis())
                    .isBetween(60_000L, 120_000L);
        }
    }

    @Test
    void shouldLetInEveryAddressOfItsNameAndStayWithTheOneInUse() throws IOException {
        PeerAddresses peers = new PeerAddresses();
        InetAddress first = InetAddress.getByName("192.0.2.1");
        InetAddress second = InetAddress.getByName("192.0.2.2");
        InetAddress third = InetAddress.getByName("192.0.2.3");
        try (SipCalls calls =
                new SipCalls("127.0.0.1", 0, "test", peers, new SipCounters(), ThreadWatch.endingTheProcess())) {
            TrunkAddress address = new TrunkAddress(TelephonyFixture.TRUNK, "192.0.2.1", 5060, Probe.CALLS, 60_000);
            TrunkAddresses trunk = new TrunkAddresses(
                    address,
                    calls.endpoint(),
                    peers,
                    new TrunkReports(TelephonyFixture.TRUNK, new RecordedEvents()::publish));
            TrunkHost host = address.hosts().getFirst();
            trunk.resolved(host, leads(first, second));
            trunk.resolved(host, leads(second, first));
            assertThat(next(trunk)).isEqualTo(new InetSocketAddress(first, 5060));
            assertThat(peers.contains(first) && peers.contains(second)).isTrue();

            trunk.resolved(host, leads(third, second));
            assertThat(next(trunk)).isEqualTo(new InetSocketAddress(third, 5060));
            assertThat(peers.contains(second) && peers.contains(third)).isTrue();
            assertThat(peers.contains(first)).isFalse();

            trunk.resolved(host, new Resolution(List.of(), List.of("192.0.2.1: gone"), 0));
            assertThat(next(trunk)).isEqualTo(new InetSocketAddress(third, 5060));
        }
    }

    private static @Nullable InetSocketAddress next(TrunkAddresses trunk) {
        Destination next = new TrunkRoute(trunk).next();
        return next == null ? null : next.hop().at();
    }

    private static Resolution leads(InetAddress... addresses) {
        return Resolution.of(new Server("gateway.example", Transport.UDP, 5060, 1, 0, List.of(addresses)));
    }

    private static TrunkRoute route(TrunkProbe trunk) {
        TrunkRoute route = trunk.route();
        assertThat(route.next()).isNotNull();
        return route;
    }

    private static List<Boolean> ups(RecordedEvents events) {
        return events.of(TrunkChanged.class).stream().map(TrunkChanged::up).toList();
    }
}
