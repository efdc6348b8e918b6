package org.paceline.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.awaitility.Awaitility;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TestCertificates;
import org.paceline.sip.tls.TlsFiles;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsServer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.tls.TlsTerms.Check;
import org.paceline.sip.trunk.TrunkAddress.Probe;

/** A dialer with one trunk by TCP or TLS, which takes its calls over one connection, and may send what it likes. */
final class StreamTrunk implements AutoCloseable {

    private static final TestCertificates AUTHORITY = new TestCertificates();

    private final Transport transport;
    private final StreamPeer peer;
    private final TelephonyFixture dialer;
    private boolean isConnected;

    StreamTrunk(Transport transport, Path folder) throws IOException {
        this.transport = transport;
        TlsFiles own = TestCertificates.write(AUTHORITY.of("dialer.example", 60), folder, "own");
        TlsTerms terms = new TlsTerms(AUTHORITY.trust(folder), own, Check.FULL);
        boolean secured = transport == Transport.TLS;
        peer = secured
                ? StreamPeer.secured(AUTHORITY.context(AUTHORITY.of("carrier.example", 60)), false)
                : new StreamPeer();
        Link link = new Link(transport, secured ? new TlsPeer("carrier.example", terms) : null);
        dialer = TelephonyFixture.withTransports(
                TelephonyFixture.trunk(peer.port(), link, Probe.CALLS),
                new SipTransports(EnumSet.allOf(Transport.class), 0, new TlsServer(own, null), terms));
    }

    TelephonyFixture dialer() {
        return dialer;
    }

    /** Connects to the dialer from the trunk's address. */
    Socket connect() throws IOException {
        return transport == Transport.TLS
                ? AUTHORITY
                        .context(AUTHORITY.of("carrier.example", 60))
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), dialer.telephony.tlsPort())
                : new Socket(InetAddress.getLoopbackAddress(), dialer.telephony.port());
    }

    /** Places a call, answers it and waits for its end. */
    void placeCall() throws IOException {
        CallId call = dialer.dial();
        if (!isConnected) {
            peer.accept();
            isConnected = true;
        }
        peer.answerWithSession(peer.receive("INVITE "), "200 OK", "a");
        peer.receive("ACK ");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> dialer.events.of(call).contains(new CallAnswered(call)));
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        peer.answer(peer.receive("BYE "), "200 OK", "a");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> dialer.events.of(call).getLast() instanceof CallHungUp);
    }

    @Override
    public void close() {
        dialer.close();
        peer.close();
    }
}
