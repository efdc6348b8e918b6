package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.trunk.TrunkHost;

/** Calls over IPv6, on loopback. */
@Timeout(60)
class Ipv6Test {

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]"})
    void shouldCallOverIpv6WithBracketsWhereTheyBelong(String host) throws IOException {
        try (RawPeer peer = new RawPeer("::1");
                TelephonyFixture dialer = TelephonyFixture.listeningOn("::1", new TrunkHost(host, peer.port()))) {
            CallId call = dialer.dial();
            String invite = peer.receive("INVITE ");
            String own = "[::1]:" + dialer.telephony.port();

            assertThat(invite).startsWith("INVITE sip:+13055550123@[::1]:" + peer.port() + " SIP/2.0\r\n");
            assertThat(RawPeer.header(invite, "Via")).startsWith("SIP/2.0/UDP " + own + ";");
            assertThat(RawPeer.header(invite, "Contact")).isEqualTo("<sip:paceline@" + own + ">");
            assertThat(invite).containsPattern("\r\nc=IN IP6 (::1|0:0:0:0:0:0:0:1)\r\n");
            peer.answer(invite, "180 Ringing", "a");
            peer.answerWithSession(invite, "200 OK", "a");
            peer.receive("ACK sip:peer@[::1]:" + peer.port());
            dialer.await(CallAnswered.class);
            peer.requestWithin(invite, "a", "BYE", 1, "");
            peer.receive("SIP/2.0 200 ");
            Awaitility.await()
                    .until(() ->
                            dialer.events.of(call).contains(new CallHungUp(call, HungUpBy.CUSTOMER, CallCause.NONE)));
        }
    }

    @Test
    void shouldRefuseMediaOfTheOtherFamily() throws IOException {
        try (RawPeer peer = new RawPeer("::1");
                TelephonyFixture dialer = TelephonyFixture.listeningOn("::1", new TrunkHost("::1", peer.port()))) {
            dialer.dial();
            String invite = peer.receive("INVITE ");
            peer.answerWith(invite, "200 OK", "a", RawPeer.SESSION, "Content-Type: application/sdp");
            peer.receive("ACK ");

            peer.answer(peer.receive("BYE "), "200 OK", "a");
            Awaitility.await().until(() -> dialer.events.endings() == 1);
        }
    }

    @Test
    void shouldSayThatAHostIsOfTheOtherFamily() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.listeningOn("127.0.0.1", new TrunkHost("::1", 5060))) {
            assertThat(dialer.await(TrunkChanged.class).reason())
                    .isEqualTo("host ::1 does not resolve: is of another family than the address that we send from");
        }
    }

    @Test
    void shouldHangUpOverIpv6() throws IOException {
        try (RawPeer peer = new RawPeer("::1");
                TelephonyFixture dialer = TelephonyFixture.listeningOn("::1", new TrunkHost("::1", peer.port()))) {
            CallId call = dialer.dial();
            peer.answerWithSession(peer.receive("INVITE "), "200 OK", "a");
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);

            peer.answer(peer.receive("BYE sip:peer@[::1]:" + peer.port()), "200 OK", "a");
            dialer.await(CallHungUp.class);
        }
    }
}
