package org.paceline.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.RawPeer;
import org.paceline.sip.TelephonyFixture;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.trunk.TrunkAccount;

/** A call is found in the ring, and its capture is read by {@code tshark}. */
@Timeout(90)
class TraceIT {
    private static final String CHALLENGE =
            "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"nonce-of-carrier\", qop=\"auth\"";

    @TempDir
    private Path folder;

    @BeforeEach
    void requireTshark() {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "tshark")));
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("tshark must be there in CI: apt-get install tshark")
                .isTrue();
        assumeTrue(there, "skipped: tshark is not installed (apt-get install tshark)");
    }

    @Test
    void shouldWriteADialogThatTsharkReadsWithoutNumbersAndSecrets() throws Exception {
        Path file = folder.resolve("call.pcap");
        try (RawPeer peer = new RawPeer();
                TelephonyFixture dialer = TelephonyFixture.withAccount(
                        new TrunkAccount(new Credentials("acct1", "secret-word", ""), null), peer.port())) {
            CallId call = talk(peer, dialer);
            MessageTrace trace = Objects.requireNonNull(dialer.telephony.trace());
            TraceFilter wanted = new TraceFilter(null, call.toString(), null, null);
            try (OutputStream out = Files.newOutputStream(file)) {
                PcapFile pcap = new PcapFile(out);
                for (TracedMessage message :
                        trace.find(wanted, Map.of(), TraceMark.BEGIN, 100).messages()) {
                    boolean isOurs = message.way() == TracedMessage.Way.SENT;
                    pcap.write(
                            1_795_000_000_000_000L,
                            isOurs ? message.local() : message.peer(),
                            isOurs ? message.peer() : message.local(),
                            message.text().getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        }

        assertThat(tshark(file, "-Y", "sip", "-T", "fields", "-e", "sip.Method", "-e", "sip.Status-Code"))
                .containsSubsequence("INVITE\t", "\t401", "ACK\t", "INVITE\t", "\t200", "ACK\t", "BYE\t", "\t200");
        assertThat(tshark(
                        file,
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "udp.check_checksum:TRUE",
                        "-Y",
                        "_ws.malformed || ip.checksum.status != 1 || udp.checksum.status != 1"))
                .isEmpty();
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("1305*****23", "username=\"acct1\"", "realm=\"carrier\"")
                .doesNotContain("13055550123", "13055550100", "nonce-of-carrier", "secret-word")
                .doesNotContainPattern("response=\"[0-9a-f]")
                .doesNotContainPattern("cnonce=\"[^*]");
    }

    private static CallId talk(RawPeer peer, TelephonyFixture dialer) {
        CallId call = dialer.dial();
        peer.answer(peer.receive("INVITE "), "401 Unauthorized", "a", CHALLENGE);
        peer.receive("ACK ");
        String again = peer.receive(message -> message.startsWith("INVITE ") && message.contains("CSeq: 2 "));
        peer.answerWithSession(again, "200 OK", "a");
        peer.receive("ACK ");
        dialer.await(CallAnswered.class);
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        peer.answer(peer.receive("BYE "), "200 OK", "a");
        dialer.await(CallHungUp.class);
        dialer.awaitCounter("open_calls", 0);
        return call;
    }

    private static List<String> tshark(Path file, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }
}
