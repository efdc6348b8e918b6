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
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallNotSent;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.sip.dns.FakeNameServer;
import org.paceline.sip.dns.FakeNameServer.Manner;
import org.paceline.sip.trunk.TrunkHost;

/** Calls over trunks that are known by name, against raw peers and a name server of the test. */
@Timeout(60)
class NamesTest {

    private static final String HOST = "carrier.example";
    private static final long SOON = 400;
    private static final long NEVER = 30_000;
    /** The shortest time for which an answer is kept. */
    private static final int LEAST_TTL = 5;

    private FakeNameServer dns;
    private RawPeer first;
    private RawPeer second;

    @BeforeEach
    void start() throws IOException {
        dns = new FakeNameServer();
        first = new RawPeer();
        second = new RawPeer();
        dns.addresses("gw1." + HOST, 600, "127.0.0.1").addresses("gw2." + HOST, 600, "127.0.0.1");
    }

    @AfterEach
    void stop() {
        dns.close();
        first.close();
        second.close();
    }

    @Test
    void shouldCallTheFirstSrvTargetByTheHostsOwnName() throws IOException {
        twoTargets(600);
        try (TelephonyFixture dialer = named(NEVER)) {
            awaitAddresses(dialer, first, second);
            dialer.dial();
            String invite = first.receive("INVITE ");

            assertThat(invite).startsWith("INVITE sip:+13055550123@carrier.example SIP/2.0\r\n");
            assertThat(RawPeer.header(invite, "To")).isEqualTo("<sip:+13055550123@carrier.example>");
            first.answer(invite, "486 Busy Here", "a");
            Awaitility.await().until(() -> dialer.events.endings() == 1);
        }
    }

    @Test
    void shouldGoToTheSecondSrvTargetInTheSameAttempt() throws IOException {
        twoTargets(600);
        try (TelephonyFixture dialer = named(SOON)) {
            awaitAddresses(dialer, first, second);
            CallId call = dialer.dial();
            first.receive("INVITE ");
            String taken = second.receive("INVITE ");
            second.answer(taken, "180 Ringing", "b");
            second.answerWithSession(taken, "200 OK", "b");
            dialer.await(CallAnswered.class);

            assertThat(dialer.events.of(call)).hasExactlyElementsOfTypes(CallRinging.class, CallAnswered.class);
            assertThat(dialer.counter("calls_failed_over")).isEqualTo(1);
        }
    }

    @Test
    void shouldFollowAChangedRecordWhileTheCallAtTheOldAddressLives() throws IOException {
        dns.srv(HOST, LEAST_TTL, target(1, first, "gw1"));
        try (TelephonyFixture dialer = named(NEVER)) {
            awaitAddresses(dialer, first);
            CallId old = dialer.dial();
            String invite = first.receive("INVITE ");
            first.answerWithSession(invite, "200 OK", "a");
            dialer.await(CallAnswered.class);
            dns.srv(HOST, LEAST_TTL, target(1, second, "gw2"));
            awaitAddresses(dialer, second);
            dialer.dial();
            second.answer(second.receive("INVITE "), "486 Busy Here", "b");
            Awaitility.await().until(() -> dialer.events.endings() == 1);

            first.requestWithin(invite, "a", "BYE", 1, "");
            first.receive("SIP/2.0 200 ");
            Awaitility.await()
                    .until(() ->
                            dialer.events.of(old).contains(new CallHungUp(old, HungUpBy.CUSTOMER, CallCause.NONE)));
        }
    }

    @Test
    void shouldKeepWhatANameLedToWhileItDoesNotResolve() throws IOException {
        twoTargets(LEAST_TTL);
        try (TelephonyFixture dialer = named(NEVER)) {
            awaitAddresses(dialer, first, second);
            int asked = dns.asked().size();
            dns.manner("_sip._udp." + HOST, Manner.SERVFAIL);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> dns.asked().size() > asked + 2);
            dialer.dial();

            first.answer(first.receive("INVITE "), "486 Busy Here", "a");
            Awaitility.await().until(() -> dialer.events.endings() == 1);
            assertThat(dialer.events.of(TrunkChanged.class))
                    .extracting(TrunkChanged::up)
                    .containsExactly(true);
        }
    }

    @Test
    void shouldPlaceNoCallAndSayWhyWhileANameDoesNotResolve() throws IOException {
        dns.manner("_sip._udp." + HOST, Manner.SERVFAIL);
        try (TelephonyFixture dialer = named(NEVER)) {
            TrunkChanged change = dialer.await(TrunkChanged.class);
            CallId call = dialer.dial();

            assertThat(change.up()).isFalse();
            assertThat(change.reason())
                    .startsWith("host carrier.example does not resolve: _sip._udp.carrier.example SRV: SERVFAIL");
            assertThat(dialer.await(CallNotSent.class)).isEqualTo(new CallNotSent(call, NotSent.NO_ADDRESS));
        }
    }

    @Test
    void shouldUseTheOtherHostsWhileOneDoesNotResolve() throws IOException {
        dns.manner("_sip._udp." + HOST, Manner.SILENT);
        TrunkHost literal = new TrunkHost("127.0.0.1", second.port(), 2, 0);
        try (TelephonyFixture dialer =
                TelephonyFixture.withNames(dns.address(), NEVER, new TrunkHost(HOST, 0), literal)) {
            awaitAddresses(dialer, second);
            CallId call = dialer.dial();
            second.answerWithSession(second.receive("INVITE "), "200 OK", "b");
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            second.receive("BYE ");
        }
    }

    private TelephonyFixture named(long failoverMillis) throws IOException {
        return TelephonyFixture.withNames(dns.address(), failoverMillis, new TrunkHost(HOST, 0));
    }

    private void twoTargets(long ttlSeconds) {
        dns.srv(HOST, ttlSeconds, target(10, first, "gw1"), target(20, second, "gw2"));
    }

    private static String target(int priority, RawPeer peer, String name) {
        return priority + " 1 " + peer.port() + " " + name + "." + HOST + ".";
    }

    private static void awaitAddresses(TelephonyFixture dialer, RawPeer... peers) {
        List<String> wanted =
                List.of(peers).stream().map(peer -> "127.0.0.1:" + peer.port()).toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> dialer.telephony.trunkAddresses().stream()
                        .map(AddressStatus::address)
                        .toList()
                        .equals(wanted));
    }
}
