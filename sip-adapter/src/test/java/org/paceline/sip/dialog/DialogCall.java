package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.RawPeer;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;

/** One call of {@link SipCalls} to a raw peer, whose listener notes what it is told. */
final class DialogCall implements AutoCloseable {

    static final String SDP = "Content-Type: application/sdp";

    final RawPeer peer;
    final OutboundCall call;
    /** What the listener was told: text, {@link RemoteAudio} for an answer, {@link CallFailure}, {@link EndedBy}. */
    final List<Object> told = new CopyOnWriteArrayList<>();

    final SipCalls calls;

    DialogCall(SipExtensions extensions) throws IOException {
        peer = new RawPeer();
        calls = new SipCalls(
                "127.0.0.1", 0, "test", new PeerAddresses(), new SipCounters(), ThreadWatch.endingTheProcess());
        SipUri to = SipMessages.uri("gw", "127.0.0.1", peer.port());
        InetSocketAddress hop = new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port());
        CallTarget target = new CallTarget(
                CallSubject.phone(new AgentId("gw"), null),
                to,
                CallerIdentity.of(to),
                false,
                Hop.udp(hop),
                extensions,
                Authenticator.NONE);
        Mailbox mailbox = new Mailbox(told::add);
        call = calls.create(target, new InetSocketAddress(hop.getAddress(), 4000), new Listener(), mailbox);
    }

    /** @return the INVITE */
    String start() {
        call.start();
        return peer.receive("INVITE ");
    }

    /** Waits for the first thing of that kind that the listener is told. */
    <T> T await(Class<T> kind) {
        Awaitility.await().until(() -> told.stream().anyMatch(kind::isInstance));
        return told.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Returns a session of the peer's with RTP at that port. */
    static String session(int port) {
        return RawPeer.SESSION.replace("39000", String.valueOf(port));
    }

    /** Returns the port that the listener was told at the answer. */
    int answeredPort() {
        return portOf(await(RemoteAudio.class));
    }

    private static int portOf(RemoteAudio audio) {
        return Objects.requireNonNull(audio.address(), "held").getPort();
    }

    @Override
    public void close() {
        calls.close();
        peer.close();
    }

    private final class Listener implements CallListener {
        @Override
        public void ringing(boolean alerting) {
            told.add(alerting ? "rings" : "progress");
        }

        @Override
        public void answered(RemoteAudio audio, long arrivedNanos) {
            told.add(audio);
        }

        @Override
        public void mediaChanged(RemoteAudio audio) {
            told.add("media at " + portOf(audio));
        }

        @Override
        public void failed(CallFailure failure) {
            told.add(failure);
        }

        @Override
        public void ended(EndedBy by, CallCause cause) {
            told.add(by);
        }
    }
}
