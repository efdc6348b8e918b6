package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.sip.stack.Link;
import org.paceline.sip.trunk.TrunkAddress;
import org.paceline.sip.trunk.TrunkAddress.Probe;
import org.paceline.sip.trunk.TrunkHost;

/** Calls over TCP, with a peer whose connections break, and with strangers. */
@Timeout(60)
class TcpTest {

    private StreamPeer peer;
    private TelephonyFixture dialer;

    @BeforeEach
    void start() throws IOException {
        peer = new StreamPeer();
        dialer = TelephonyFixture.overTcp(peer.port());
    }

    @AfterEach
    void stop() {
        dialer.close();
        peer.close();
    }

    private String answered(CallId call) {
        String invite = peer.receive("INVITE ");
        peer.answerWithSession(invite, "200 OK", "a");
        peer.receive("ACK ");
        Awaitility.await().until(() -> dialer.events.of(call).contains(new CallAnswered(call)));
        return invite;
    }

    private void hungUp(CallId call) {
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        peer.answer(peer.receive("BYE "), "200 OK", "a");
        Awaitility.await()
                .until(() -> dialer.events.of(call).contains(new CallHungUp(call, HungUpBy.US, CallCause.NONE)));
    }

    @Test
    void shouldUseOneConnectionForAllCalls() throws IOException {
        CallId first = dialer.dial();
        peer.accept();
        answered(first);
        hungUp(first);
        CallId second = dialer.dial();
        answered(second);
        hungUp(second);

        assertThat(peer.isAlone(200)).isTrue();
        assertThat(dialer.counter("open_connections")).isEqualTo(1);
    }

    @Test
    void shouldNameTcpInViaAndContact() throws IOException {
        dialer.dial();
        String invite = peer.accept().receive("INVITE ");

        int port = dialer.telephony.port();
        assertThat(RawPeer.header(invite, "Via")).startsWith("SIP/2.0/TCP 127.0.0.1:" + port + ";");
        assertThat(RawPeer.header(invite, "Contact")).isEqualTo("<sip:paceline@127.0.0.1:" + port + ";transport=tcp>");
    }

    @Test
    void shouldAnswerOverTheConnectionOfTheRequest() throws IOException {
        CallId call = dialer.dial();
        String invite = answered(call, peer.accept());
        try (StreamPeer other = new StreamPeer().connect(dialer.telephony.port())) {
            other.requestWithin(invite, "a", "BYE", 1, "");

            assertThat(other.receive("SIP/2.0 200")).contains("CSeq: 1 BYE");
        }
    }

    private String answered(CallId call, StreamPeer ignored) {
        return answered(call);
    }

    @Test
    void shouldAnswerANewOfferOverTheConnectionOfTheRequest() throws IOException {
        CallId call = dialer.dial();
        String invite = answered(call, peer.accept());
        try (StreamPeer other = new StreamPeer().connect(dialer.telephony.port())) {
            other.requestWithin(invite, "a", "INVITE", 1, RawPeer.SESSION);
            String answer = other.receive("SIP/2.0 200");
            String again = other.receive("SIP/2.0 200"); // until the ACK comes, over a connection too

            assertThat(answer).contains(";transport=tcp>").isEqualTo(again);
        }
    }

    @Test
    void shouldSendTheInviteAgainWhenTheConnectionIsCutBeforeAnyResponse() throws IOException {
        CallId call = dialer.dial();
        String first = peer.accept().receive("INVITE ");
        peer.cut();
        peer.accept();

        assertThat(answered(call)).isEqualTo(first);
        hungUp(call);
    }

    @Test
    void shouldHangUpOverAnotherConnectionWhenTheFirstIsCut() throws IOException {
        CallId call = dialer.dial();
        answered(call, peer.accept());
        peer.cut();
        Awaitility.await().until(() -> dialer.counter("open_connections") == 0);
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        peer.answer(peer.accept().receive("BYE "), "200 OK", "a");

        Awaitility.await().until(() -> dialer.counter("open_calls") == 0);
    }

    @Test
    void shouldCallTheNextAddressWithinTheAttemptWhenTheFirstTakesNoConnection() throws IOException {
        int closed = peer.port();
        peer.close();
        try (StreamPeer second = new StreamPeer();
                TelephonyFixture failover = TelephonyFixture.withTransports(
                        new TrunkAddress(
                                TelephonyFixture.TRUNK,
                                List.of(
                                        new TrunkHost("127.0.0.1", closed, 1, 0, Link.TCP),
                                        new TrunkHost("127.0.0.1", second.port(), 2, 0, Link.TCP)),
                                Probe.CALLS,
                                60_000,
                                30_000),
                        TelephonyFixture.TCP)) {
            CallId call = failover.dial();
            second.accept();
            second.answerWithSession(second.receive("INVITE "), "200 OK", "a");

            Awaitility.await().until(() -> failover.events.of(call).contains(new CallAnswered(call)));
            assertThat(failover.telephony.trunkAddresses().getFirst())
                    .matches(first -> first.state() == TrunkState.STOPPED)
                    .matches(first -> "INVITE not sent: connection refused".equals(first.reason()));
        }
    }

    @Test
    void shouldCloseAStrangersConnectionUnread() throws IOException {
        try (StreamPeer stranger = new StreamPeer()
                .use(new Socket(
                        InetAddress.getLoopbackAddress(),
                        dialer.telephony.port(),
                        InetAddress.getByName("127.0.0.2"),
                        0))) {
            assertThat(stranger.isClosed()).isTrue();
        }
        assertThat(dialer.counter("refused_connections")).isEqualTo(1);
    }

    @Test
    void shouldAnswerAPingByAPong() throws IOException {
        peer.connect(dialer.telephony.port()).send("\r\n\r\n");

        assertThat(peer.bytes(2)).isEqualTo("\r\n");
    }

    @Test
    void shouldRefuseWhatCannotBeFramedAndCloseTheConnection() throws IOException {
        peer.connect(dialer.telephony.port()).send("""
                OPTIONS sip:a@127.0.0.1 SIP/2.0\r
                Via: SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bK1\r
                From: <sip:a@b>;tag=1\r
                To: <sip:a@c>\r
                Call-ID: 1\r
                CSeq: 1 OPTIONS\r
                Content-Length: 99999\r
                \r
                """);

        assertThat(peer.receive("SIP/2.0 ")).startsWith("SIP/2.0 413 ");
        assertThat(peer.isClosed()).isTrue();
    }
}
