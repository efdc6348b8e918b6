package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallNotSent;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.trunk.TrunkState;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TestCertificates;
import org.paceline.sip.tls.TlsFiles;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsServer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.tls.TlsTerms.Check;
import org.paceline.sip.trunk.TrunkAddress.Probe;

/** Calls over TLS, with certificates that are right and wrong. */
@Timeout(60)
class TlsTest {

    private static final String DOMAIN = "carrier.example";
    private static final TestCertificates AUTHORITY = new TestCertificates();

    @TempDir
    private Path folder;

    private TelephonyFixture dialer(int trunkPort, Probe probe) throws IOException {
        TlsFiles own = TestCertificates.write(AUTHORITY.of("dialer.example", 60), folder, "own");
        TlsTerms terms = new TlsTerms(AUTHORITY.trust(folder), own, Check.FULL);
        Link link = new Link(Transport.TLS, new TlsPeer(DOMAIN, terms));
        return TelephonyFixture.withTransports(
                TelephonyFixture.trunk(trunkPort, link, probe),
                new SipTransports(EnumSet.of(Transport.UDP, Transport.TLS), 0, new TlsServer(own, null), terms));
    }

    @Test
    void shouldCallAnswerAndHangUpWithACertificateOfOurs() throws IOException {
        try (StreamPeer peer = StreamPeer.secured(AUTHORITY.context(AUTHORITY.of(DOMAIN, 60)), true);
                TelephonyFixture dialer = dialer(peer.port(), Probe.CALLS)) {
            CallId call = dialer.dial();
            String invite = peer.accept().receive("INVITE ");
            int port = dialer.telephony.tlsPort();
            assertThat(RawPeer.header(invite, "Via")).startsWith("SIP/2.0/TLS 127.0.0.1:" + port + ";");
            assertThat(RawPeer.header(invite, "Contact")).contains(":" + port + ";transport=tls>");
            peer.answerWithSession(invite, "200 OK", "a");
            peer.receive("ACK ");
            dialer.await(CallAnswered.class);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            peer.answer(peer.receive("BYE "), "200 OK", "a");

            assertThat(dialer.await(CallHungUp.class)).isEqualTo(new CallHungUp(call, HungUpBy.US, CallCause.NONE));
        }
    }

    @Test
    void shouldTakeAConnectionOfThePeer() throws IOException {
        try (StreamPeer peer = StreamPeer.secured(AUTHORITY.context(AUTHORITY.of(DOMAIN, 60)), false);
                TelephonyFixture dialer = dialer(peer.port(), Probe.CALLS);
                StreamPeer other = new StreamPeer()) {
            dialer.dial();
            String invite = peer.accept().receive("INVITE ");
            peer.answerWithSession(invite, "200 OK", "a");
            peer.receive("ACK ");
            Socket socket = AUTHORITY
                    .context(AUTHORITY.of(DOMAIN, 60))
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), dialer.telephony.tlsPort());
            other.use(socket).send(RawPeer.within(invite, "a", "TLS", other.port(), "BYE", 1, "", ""));

            assertThat(other.receive("SIP/2.0 200")).contains("CSeq: 1 BYE");
        }
    }

    static Stream<Arguments> bad() {
        TestCertificates stranger = new TestCertificates();
        return Stream.of(
                Arguments.of(
                        AUTHORITY.of("other.example", 60), "the certificate is for other.example, not for " + DOMAIN),
                Arguments.of(AUTHORITY.of("*.example", 60), "the certificate is for *.example, not for " + DOMAIN),
                Arguments.of(AUTHORITY.of(DOMAIN, 0), "has expired"),
                Arguments.of(stranger.of(DOMAIN, 60), "is from no trusted authority"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void shouldHoldTheTrunkDownWithTheReason(X509Bundle certificate, String reason) throws IOException {
        try (StreamPeer peer = StreamPeer.secured(AUTHORITY.context(certificate), false);
                TelephonyFixture dialer = dialer(peer.port(), Probe.OPTIONS)) {
            shakeHands(peer);

            Awaitility.await()
                    .until(() -> dialer.events.of(TrunkChanged.class).stream()
                            .anyMatch(change -> !change.up() && change.reason().contains(reason)));
            assertThat(dialer.telephony.trunkAddresses())
                    .singleElement()
                    .matches(address -> address.state() == TrunkState.DOWN)
                    .matches(address -> String.valueOf(address.reason()).contains(reason));
            CallId call = dialer.dial();
            assertThat(dialer.await(CallNotSent.class).call()).isEqualTo(call);
        }
    }

    /** A call finds out where nothing asks before; the lead is not burnt. */
    @Test
    void shouldNotSendACallWhereTheCertificateIsWrong() throws IOException {
        try (StreamPeer peer = StreamPeer.secured(AUTHORITY.context(AUTHORITY.of("other.example", 60)), false);
                TelephonyFixture dialer = dialer(peer.port(), Probe.CALLS)) {
            CallId call = dialer.dial();
            shakeHands(peer);

            assertThat(dialer.await(CallNotSent.class).call()).isEqualTo(call);
            Awaitility.await()
                    .until(() -> dialer.telephony.trunkAddresses().getFirst().state() == TrunkState.STOPPED);
            assertThat(dialer.telephony.trunkAddresses().getFirst().reason())
                    .contains("the certificate is for other.example");
        }
    }

    @Test
    void shouldSayThatThePeerSpeaksNoTls() throws IOException {
        try (StreamPeer peer = new StreamPeer();
                TelephonyFixture dialer = dialer(peer.port(), Probe.CALLS)) {
            dialer.dial();
            peer.accept().send("SIP/2.0 400 Bad Request\r\n\r\n");

            dialer.await(CallNotSent.class);
            assertThat(reason(dialer)).contains("it does not speak TLS there");
        }
    }

    private static @Nullable String reason(TelephonyFixture dialer) {
        Awaitility.await()
                .until(() -> dialer.telephony.trunkAddresses().getFirst().reason() != null);
        return dialer.telephony.trunkAddresses().getFirst().reason();
    }

    /** Takes the connection; the handshake fails. */
    private static void shakeHands(StreamPeer peer) throws IOException {
        peer.accept();
        assertThat(peer.isClosed()).isTrue();
    }
}
