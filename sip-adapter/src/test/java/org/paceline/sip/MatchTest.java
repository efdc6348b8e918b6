package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.sip.dns.FakeNameServer;
import org.paceline.sip.stack.AddressRange;
import org.paceline.sip.trunk.TrunkMatch;

/** Addresses besides a trunk's hosts from which its peer sends requests. */
@Timeout(60)
class MatchTest {

    @ParameterizedTest
    @CsvSource({"127.0.5.0/24, 127.0.5.77", "127.0.5.77, 127.0.5.77", "127.0.0.0/9, 127.0.5.77"})
    void shouldAnswerARequestFromAnAddressOfARange(String range, String from) throws IOException {
        TrunkMatch match = new TrunkMatch(List.of(Objects.requireNonNull(AddressRange.parse(range))), List.of());
        try (RawPeer trunk = new RawPeer();
                RawPeer other = new RawPeer(from);
                TelephonyFixture dialer = TelephonyFixture.withMatch(List.of(), trunk.port(), match)) {
            assertThat(other.sendUntilAnswered(
                            options(other), dialer.telephony.port(), answer -> answer.startsWith("SIP/2.0 ")))
                    .startsWith("SIP/2.0 200");
        }
    }

    @Test
    void shouldDropARequestFromAnAddressBesideTheRange() throws IOException {
        TrunkMatch match =
                new TrunkMatch(List.of(Objects.requireNonNull(AddressRange.parse("127.0.5.0/24"))), List.of());
        try (RawPeer trunk = new RawPeer();
                RawPeer other = new RawPeer("127.0.6.1");
                TelephonyFixture dialer = TelephonyFixture.withMatch(List.of(), trunk.port(), match)) {
            other.send(options(other), dialer.telephony.port());
            dialer.awaitCounter("dropped_requests", 1);

            assertThat(other.isSilent("SIP/2.0 ", 100)).isTrue();
        }
    }

    @Test
    void shouldAnswerARequestFromAnAddressOfAName() throws IOException {
        TrunkMatch match = new TrunkMatch(List.of(), List.of("out.carrier.example"));
        try (FakeNameServer dns = new FakeNameServer().addresses("out.carrier.example", 600, "127.0.7.1", "127.0.7.2");
                RawPeer trunk = new RawPeer();
                RawPeer other = new RawPeer("127.0.7.2");
                TelephonyFixture dialer = TelephonyFixture.withMatch(dns.address(), trunk.port(), match)) {
            Awaitility.await().until(() -> !dns.asked().isEmpty());
            assertThat(other.sendUntilAnswered(
                            options(other), dialer.telephony.port(), answer -> answer.startsWith("SIP/2.0 ")))
                    .startsWith("SIP/2.0 200");
            assertThat(dns.asked()).allMatch(asked -> asked.startsWith("out.carrier.example/A"));
        }
    }

    private static String options(RawPeer from) {
        return """
                OPTIONS sip:paceline@127.0.0.1 SIP/2.0\r
                Via: SIP/2.0/UDP 127.0.0.1:%d;rport;branch=z9hG4bKmatch%d\r
                Max-Forwards: 70\r
                From: <sip:carrier@carrier.example>;tag=1\r
                To: <sip:paceline@127.0.0.1>\r
                Call-ID: match-%d@carrier.example\r
                CSeq: 1 OPTIONS\r
                Content-Length: 0\r
                \r
                """.formatted(from.port(), from.port(), from.port());
    }
}
