package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetAddress;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.sip.RawPeer;
import org.paceline.sip.stack.SipCounters.Counter;

/** Nothing that comes in ends a receive thread. */
@Timeout(60)
class ReceiveGuardTest {

    private final SipCounters counters = new SipCounters();
    private RawPeer peer;
    private SipEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer();
        PeerAddresses peers = new PeerAddresses();
        peers.add(InetAddress.getLoopbackAddress());
        endpoint = new SipEndpoint("127.0.0.1", 0, peers, new Fragile(), counters);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        peer.close();
    }

    @Test
    void shouldGoOnAfterAStackOverflow() {
        for (int i = 0; i < 20; i++) {
            peer.send(request("overflow", "overflow" + i, ""), endpoint.port());
        }
        for (int i = 0; i < 20; i++) {
            peer.send(request("fine", "fine" + i, ""), endpoint.port());
            peer.receive("SIP/2.0 200");
        }

        assertThat(counters.value(Counter.RECEIVE_ERRORS)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "<", "\"", "[", ";a=", ",", "<sip:a@b?x=", "%", "\\", "{", "\t", "sip:sip:"})
    void shouldGoOnAfterNestedInput(String opening) {
        String nested = opening.repeat(7_000 / opening.length());
        for (String header : new String[] {"Contact", "Via", "User-Agent", "Accept", "Route", "Authorization"}) {
            peer.send(request("fine", "nested", header + ": " + nested + "\r\n"), endpoint.port());
        }
        peer.send("OPTIONS " + nested + " SIP/2.0\r\n\r\n", endpoint.port());
        peer.send(request("fine", "after" + opening.hashCode(), ""), endpoint.port());

        peer.receive(text -> text.contains("after" + opening.hashCode()));
        assertThat(counters.value(Counter.RECEIVE_ERRORS)).isZero();
    }

    @Test
    void shouldSayInOneLineThatThePortIsInUse() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SipEndpoint(
                        "127.0.0.1", endpoint.port(), new PeerAddresses(), new Fragile(), new SipCounters()))
                .withMessage("SIP port in use: 127.0.0.1:" + endpoint.port()
                        + "/udp; stop the other program or set another port");
    }

    @Test
    void shouldSayThatTheHostIsNotItsOwn() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () -> new SipEndpoint("192.0.2.1", 5060, new PeerAddresses(), new Fragile(), new SipCounters()))
                .withMessage("sip.host: 192.0.2.1 is no address of this machine; name one that is");
    }

    private String request(String user, String callId, String more) {
        return "OPTIONS sip:" + user + "@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + peer.port()
                + ";branch=z9hG4bK" + callId + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:" + user + "@c>\r\nCall-ID: "
                + callId + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n" + more + "Content-Length: 0\r\n\r\n";
    }

    /** Answers 200, or overflows its stack when asked for. */
    private final class Fragile implements SipUser {
        @Override
        public void request(SIPRequest request, @Nullable ServerTransaction transaction) {
            if (request.getRequestURI().toString().contains("overflow")) {
                throw new StackOverflowError("as asked");
            }
            if (transaction != null) {
                SIPResponse response = request.createResponse(200);
                endpoint.respond(transaction, response);
            }
        }

        @Override
        public boolean answeredWithoutTransaction(SIPResponse response) {
            return false;
        }
    }
}
