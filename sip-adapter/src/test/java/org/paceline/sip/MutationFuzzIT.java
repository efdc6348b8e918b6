package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.threads.ThreadSign;
import org.paceline.sip.stack.Transport;

/**
 * Valid messages with a few bytes or lines changed, from the trunk's address over each transport, with calls in between and
 * one after all. {@code -Dfuzz.messages=100000} sends as many; {@code -Dfuzz.seed=N} repeats a run.
 */
@Timeout(1_800)
class MutationFuzzIT {

    private static final int MESSAGES = Integer.getInteger("fuzz.messages", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 4475);
    /** How many messages go between two calls, and over one connection. */
    private static final int BATCH = 500;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldGoOnWhateverComes(Transport transport) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        Transport calls = transport == Transport.UDP ? Transport.TCP : transport;
        try (StreamTrunk trunk = new StreamTrunk(calls, folder)) {
            List<String> valid = valid();
            for (int sent = 0; sent < MESSAGES; sent += BATCH) {
                send(trunk, transport, valid, random);
                trunk.placeCall();
            }

            assertThat(trunk.dialer().counter("receive_errors"))
                    .as("seed %d", SEED)
                    .isZero();
            assertThat(trunk.dialer().counter("open_calls")).isZero();
            assertThat(trunk.dialer().threads().signs())
                    .as("seed %d", SEED)
                    .allMatch(ThreadSign::isAlive)
                    .noneMatch(ThreadSign::dead);
        }
    }

    private static void send(StreamTrunk trunk, Transport transport, List<String> valid, RandomGenerator random)
            throws IOException {
        if (transport == Transport.UDP) {
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int i = 0; i < BATCH; i++) {
                    byte[] bytes = mutated(valid, random);
                    socket.send(new DatagramPacket(
                            bytes,
                            bytes.length,
                            InetAddress.getLoopbackAddress(),
                            trunk.dialer().telephony.port()));
                }
            }
            return;
        }
        Socket socket = trunk.connect();
        for (int i = 0; i < BATCH; i++) {
            try {
                socket.getOutputStream().write(mutated(valid, random));
            } catch (IOException e) {
                // What it could not frame made it close the connection.
                socket.close();
                socket = trunk.connect();
            }
        }
        socket.close();
    }

    private static List<String> valid() {
        List<String> all = new ArrayList<>();
        for (String method : List.of("OPTIONS", "INVITE", "BYE", "NOTIFY", "CANCEL", "ACK", "UPDATE", "PRACK")) {
            String body = method.equals("INVITE") || method.equals("UPDATE") ? RawPeer.SESSION : "";
            all.add("""
                    %1$s sip:paceline@127.0.0.1:5060;transport=tcp SIP/2.0\r
                    Via: SIP/2.0/TCP 127.0.0.1:5070;rport;branch=z9hG4bKfuzz%1$s\r
                    Via: SIP/2.0/UDP proxy.example:5060;branch=z9hG4bK2;received=192.0.2.1\r
                    Max-Forwards: 70\r
                    From: "Fuzz, \\"er" <sip:a@b.example;user=phone>;tag=1\r
                    To: <sip:paceline@127.0.0.1>\r
                    Call-ID: fuzz@127.0.0.1\r
                    CSeq: 1 %1$s\r
                    Contact: <sip:a@127.0.0.1:5070;transport=tcp>;expires=60\r
                    Record-Route: <sip:p1.example;lr>, <sip:p2.example;lr>\r
                    Require: timer\r
                    Session-Expires: 1800;refresher=uas\r
                    RAck: 1 1 INVITE\r
                    Event: refer;id=1\r
                    Reason: Q.850;cause=16;text="x"\r
                    Content-Type: application/sdp\r
                    Content-Length: %2$d\r
                    \r
                    %3$s""".formatted(method, body.length(), body));
        }
        all.add("""
                SIP/2.0 200 OK\r
                Via: SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bK0123456789abcdef0123456789abcdef\r
                From: <sip:a@b>;tag=1\r
                To: <sip:c@d>;tag=2\r
                Call-ID: fuzz\r
                CSeq: 1 INVITE\r
                Content-Length: 0\r
                \r
                """);
        return all;
    }

    /** A valid message with up to four changes. */
    private static byte[] mutated(List<String> valid, RandomGenerator random) {
        StringBuilder text = new StringBuilder(valid.get(random.nextInt(valid.size())));
        for (int changes = random.nextInt(5); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(7)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.insert(at, (char) random.nextInt(256));
                case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(80))));
                case 4 -> text.insert(at, "<\";(%[,:@\r\n".charAt(random.nextInt(10)) + "");
                case 5 -> text.insert(at, "A".repeat(1 + random.nextInt(3_000)));
                default -> text.setLength(at);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
