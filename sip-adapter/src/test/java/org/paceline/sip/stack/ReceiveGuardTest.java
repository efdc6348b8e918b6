package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.threads.ThreadSign;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.RawPeer;
import org.paceline.sip.stack.SipCounters.Counter;

/** Nothing that comes in ends a receive thread. */
@Timeout(60)
class ReceiveGuardTest {

    private final SipCounters counters = new SipCounters();
    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final ThreadWatch threads =
            new ThreadWatch(System::nanoTime, (thread, cause) -> deaths.add(thread + ": " + cause));
    private RawPeer peer;
    private SipEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer();
        PeerAddresses peers = new PeerAddresses();
        peers.add(InetAddress.getLoopbackAddress());
        endpoint = new SipEndpoint("127.0.0.1", 0, peers, new Fragile(), counters, threads);
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

    @Test
    void shouldEndTheProcessOnAnErrorThatNoMessageCanBringAbout() {
        peer.send(request("broken", "broken", ""), endpoint.port());

        await().untilAsserted(() -> assertThat(deaths)
                .singleElement()
                .asString()
                .matches("sip-receive-[01]: java.lang.NoClassDefFoundError: as asked"));
        assertThat(threads.signs())
                .filteredOn(ThreadSign::dead)
                .extracting(ThreadSign::thread)
                .singleElement()
                .asString()
                .startsWith("sip-receive-");
    }

    @Test
    void shouldGiveSignsOfLifeOfEveryThread() {
        peer.send(request("fine", "fine", ""), endpoint.port());
        peer.receive("SIP/2.0 200");

        await().untilAsserted(() -> assertThat(threads.signs())
                .allMatch(ThreadSign::isAlive)
                .extracting(ThreadSign::thread)
                .containsExactlyInAnyOrder("sip-wheel", "sip-socket", "sip-receive-0", "sip-receive-1"));
    }

    @Test
    void shouldEndTheProcessOnAnErrorOfATimer() {
        var _ = endpoint.after(1, () -> {
            throw new NoClassDefFoundError("as asked");
        });

        await().untilAsserted(() ->
                assertThat(deaths).containsExactly("sip-wheel: java.lang.NoClassDefFoundError: as asked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "<", "\"", "[", ";a=", ",", "<sip:a@b?x=", "%", "\\", "{", "\t", "sip:sip:"})
    void shouldGoOnAfterNestedInput(String opening) {
        String nested = opening.repeat(7_000 / opening.length());
        for (String header : new String[] {"Contact", "Via", "User-Agent", "Accept", "Route", "Authorization"}) {
            peer.send(request("fine", "nested", header + ": " + nested + "\r\n"), endpoint.port());
        }
        peer.send("OPTIONS " + nested + " SIP/2.0\r\n\r\n", endpoint.port());
        String after = "after" + opening.hashCode();

        peer.sendUntilAnswered(request("fine", after, ""), endpoint.port(), text -> text.contains(after));
        assertThat(counters.value(Counter.RECEIVE_ERRORS)).isZero();
    }

    @Test
    void shouldSayInOneLineThatThePortIsInUse() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SipEndpoint(
                        "127.0.0.1", endpoint.port(), new PeerAddresses(), new Fragile(), new SipCounters(), threads))
                .withMessage("SIP port in use: 127.0.0.1:" + endpoint.port()
                        + "/udp; stop the other program or set another port");
    }

    @Test
    void shouldSayThatTheHostIsNotItsOwn() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SipEndpoint(
                        "192.0.2.1", 5060, new PeerAddresses(), new Fragile(), new SipCounters(), threads))
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
            if (request.getRequestURI().toString().contains("broken")) {
                throw new NoClassDefFoundError("as asked");
            }
            if (transaction != null) {
                SIPResponse response = request.createResponse(200);
                endpoint.respond(transaction, response);
            }
        }

        @Override
        public boolean isWithinCall(SIPRequest request) {
            return false;
        }

        @Override
        public boolean answeredWithoutTransaction(SIPResponse response) {
            return false;
        }
    }
}
