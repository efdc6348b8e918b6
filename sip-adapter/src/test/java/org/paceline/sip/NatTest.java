package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;

/** A node behind a NAT, and peers behind one. */
@Timeout(60)
class NatTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 192.0.2.99", "0.0.0.0, 192.0.2.99", "'::', 192.0.2.99"})
    void shouldShowTheAdvertisedAddressAndTalkAtTheBoundOne(String host, String advertised) throws IOException {
        try (RawPeer peer = new RawPeer();
                TelephonyFixture dialer = TelephonyFixture.advertising(host, advertised, peer.port())) {
            CallId call = dialer.dial();
            String invite = peer.receive("INVITE ");
            String own = advertised + ":" + dialer.telephony.port();

            assertThat(RawPeer.header(invite, "Via"))
                    .startsWith("SIP/2.0/UDP " + own + ";")
                    .contains(";rport");
            assertThat(RawPeer.header(invite, "Contact")).isEqualTo("<sip:paceline@" + own + ">");
            assertThat(RawPeer.header(invite, "Call-ID")).endsWith("@" + advertised);
            assertThat(invite)
                    .contains("\r\nc=IN IP4 " + advertised + "\r\n")
                    .containsPattern("\r\no=paceline \\d+ 1 IN IP4 " + advertised + "\r\n")
                    .doesNotContain("0.0.0.0");
            peer.answerWithSession(invite, "200 OK", "a");
            peer.receive("ACK ");
            dialer.await(CallAnswered.class);
            peer.requestWithin(invite, "a", "BYE", 1, "");
            peer.receive("SIP/2.0 200 ");
            Awaitility.await()
                    .until(() ->
                            dialer.events.of(call).contains(new CallHungUp(call, HungUpBy.CUSTOMER, CallCause.NONE)));
        }
    }

    @Test
    void shouldAnswerToTheSourceOfARequestWithRport() throws IOException {
        try (RawPeer trunk = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", trunk.port())) {
            String answer = trunk.sendUntilAnswered(
                    options("10.9.9.9:5099;rport"), dialer.telephony.port(), each -> each.startsWith("SIP/2.0 200"));

            assertThat(RawPeer.header(answer, "Via"))
                    .startsWith("SIP/2.0/UDP 10.9.9.9:5099;")
                    .contains(";received=127.0.0.1")
                    .contains(";rport=" + trunk.port());
        }
    }

    @Test
    void shouldAnswerToThePortOfTheViaWithoutRport() throws IOException {
        try (RawPeer trunk = new RawPeer();
                RawPeer named = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", trunk.port())) {
            dialer.await(TrunkChanged.class); // its address is let in
            trunk.send(options("203.0.113.9:" + named.port()), dialer.telephony.port());

            assertThat(RawPeer.header(named.receive("SIP/2.0 200"), "Via")).contains(";received=127.0.0.1");
            assertThat(trunk.isSilent("SIP/2.0 ", 100)).isTrue();
        }
    }

    private static String options(String sentBy) {
        return """
                OPTIONS sip:paceline@127.0.0.1 SIP/2.0\r
                Via: SIP/2.0/UDP %s;branch=z9hG4bKnat%d\r
                Max-Forwards: 70\r
                From: <sip:carrier@carrier.example>;tag=1\r
                To: <sip:paceline@127.0.0.1>\r
                Call-ID: nat-%d@carrier.example\r
                CSeq: 1 OPTIONS\r
                Content-Length: 0\r
                \r
                """.formatted(sentBy, System.nanoTime(), System.nanoTime());
    }
}
