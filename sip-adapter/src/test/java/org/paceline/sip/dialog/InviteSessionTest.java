package org.paceline.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.RawPeer;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.CallFailure.Kind;
import org.paceline.sip.sdp.RemoteAudio;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;

@Timeout(60)
class InviteSessionTest {

    private final List<Object> told = new ArrayList<>();

    @Test
    void shouldAcknowledgeAndHangUpAnAnswerWhoseTaskFailed() throws IOException, ParseException {
        PeerAddresses peers = new PeerAddresses();
        ThreadWatch watch = ThreadWatch.endingTheProcess();
        try (RawPeer peer = new RawPeer();
                SipCalls calls = new SipCalls("127.0.0.1", 0, "test", peers, new SipCounters(), watch)) {
            SipUri to = SipMessages.uri("gw", "127.0.0.1", peer.port());
            InetSocketAddress hop = new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port());
            CallTarget target = new CallTarget(
                    CallSubject.phone(new AgentId("gw"), null),
                    to,
                    CallerIdentity.of(to),
                    false,
                    Hop.udp(hop),
                    SipExtensions.USUAL,
                    Authenticator.NONE);
            OutboundCall[] call = new OutboundCall[1];
            Mailbox mailbox = new Mailbox(thrown -> {
                told.add(String.valueOf(thrown.getMessage()));
                call[0].cancel();
            });
            call[0] = calls.create(target, new InetSocketAddress(hop.getAddress(), 4000), new Listener(), mailbox);
            call[0].start();
            SIPResponse answer = answerTo(peer.receive("INVITE "));
            AddressImpl address = new AddressImpl();
            address.setURI(new FailingOnce(peer.port()));
            answer.addHeader(new RecordRoute(address));

            assertThat(calls.answeredWithoutTransaction(answer)).isTrue();

            assertThat(peer.receive("ACK ")).contains("To: <sip:gw@127.0.0.1:" + peer.port() + ">;tag=a");
            peer.answer(peer.receive("BYE "), "200 OK", "a");
            assertThat(told).containsExactly("as asked", Kind.ANSWERED_LATE);
            assertThat(calls.open()).isZero();
            assertThat(peers.contains(hop.getAddress())).as("a guest still").isFalse();
        }
    }

    private static SIPResponse answerTo(String invite) throws ParseException {
        StringBuilder text = new StringBuilder("SIP/2.0 200 OK\r\n");
        for (String name : List.of("Via", "From", "Call-ID", "CSeq", "To")) {
            String tag = name.equals("To") ? ";tag=a" : "";
            text.append(name)
                    .append(": ")
                    .append(RawPeer.header(invite, name))
                    .append(tag)
                    .append("\r\n");
        }
        text.append("Content-Type: application/sdp\r\nContent-Length: ")
                .append(RawPeer.SESSION.length())
                .append("\r\n\r\n")
                .append(RawPeer.SESSION);
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return (SIPResponse) new StringMsgParser().parseSIPMessage(bytes, true, false, null);
    }

    /** A route of which the first question fails, as an error of ours would. */
    private static final class FailingOnce extends SipUri {
        private static final long serialVersionUID = 1;
        private boolean failed;

        FailingOnce(int port) throws ParseException {
            setHost("127.0.0.1");
            setPort(port);
            setLrParam();
        }

        @Override
        public String getHost() {
            if (!failed) {
                failed = true;
                throw new IllegalStateException("as asked");
            }
            return super.getHost();
        }
    }

    private final class Listener implements CallListener {
        @Override
        public void ringing(boolean alerting) {}

        @Override
        public void answered(RemoteAudio audio, long arrivedNanos) {
            told.add(audio);
        }

        @Override
        public void mediaChanged(RemoteAudio audio) {}

        @Override
        public void failed(CallFailure failure) {
            told.add(failure.kind());
        }

        @Override
        public void ended(EndedBy by, CallCause cause) {
            told.add(by);
        }
    }
}
