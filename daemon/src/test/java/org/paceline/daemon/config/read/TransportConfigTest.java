package org.paceline.daemon.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.show.EffectiveConfig;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.tls.TlsTerms.Check;

/** {@code sip.transports}, {@code sip.tls}, and a trunk's {@code transport} and {@code tls}. */
class TransportConfigTest {

    @TempDir
    private Path folder;

    private ConfigFiles files;

    @BeforeEach
    void write() {
        files = new ConfigFiles(folder);
        files.campaign("autumn", ConfigFiles.CAMPAIGN);
    }

    private void node(String sip, String trunk, String agent) {
        files.node("""
                node: {name: n1, zone: UTC}
                sip: {host: 127.0.0.1, %s}
                trunks:
                  - {name: main, host: sip.example, channels: 30, %s}
                agents:
                  - {name: alice, address: "%s", token: a-token-of-24-characters}
                """.formatted(sip, trunk, agent));
    }

    @Test
    void shouldLeadToATrunkByTlsWithItsName() {
        node("transports: [udp, tls], tls: {listen: false}", "transport: tls, tls: {check: chain}", "sip:a@127.0.0.1");

        DaemonConfig read = files.read().daemon();
        assertThat(read.trunks().getFirst().hosts()).singleElement().satisfies(host -> {
            assertThat(host.port()).isZero();
            assertThat(host.link())
                    .isEqualTo(
                            new Link(Transport.TLS, new TlsPeer("sip.example", new TlsTerms(null, null, Check.CHAIN))));
        });
    }

    @Test
    void shouldShowWhatItReadSoThatItReadsItAgain() {
        node("transports: [udp, tcp]", "large-by-tcp: true", "sip:a@127.0.0.1;transport=tcp");
        DaemonConfig read = files.read().daemon();
        String shown = EffectiveConfig.of(read);

        assertThat(shown).contains("transports: [udp, tcp]").contains("large-by-tcp: true");
        assertThat(read.trunks().getFirst().link()).isEqualTo(new Link(Transport.UDP, null, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transports: [udp] | transport: tcp | sip:a@127.0.0.1 | trunks[0].transport: is tcp, which sip.transports does"
                        + " not name: must be one of udp",
                "transports: [tcp] | transport: tcp | sip:a@127.0.0.1 | agents[0].address: is reached by udp, which"
                        + " sip.transports does not name: must be one of tcp",
                "transports: [udp] | channels: 3 | sips:a@127.0.0.1 | agents[0].address: is reached by tls, which"
                        + " sip.transports does not name: must be one of udp",
                "transports: [udp] | channels: 3 | sip:a@127.0.0.1;transport=sctp | agents[0].address: address"
                        + " sip:a@127.0.0.1;transport=sctp names a transport that there is not; udp, tcp and tls are",
                "transports: [udp, tls] | priority: 1 | sip:a@127.0.0.1 | sip.tls.certificate: is missing: peers that connect by"
                        + " TLS must be shown a certificate; or set listen: false",
                "transports: [udp, tls], tls: {listen: false, certificate: c.pem} | priority: 1 | sip:a@127.0.0.1 |"
                        + " sip.tls.key: is missing: a certificate and its key belong together",
                "transports: [udp, tls], tls: {certificate: c.pem, key: c.key} | priority: 1 | sip:a@127.0.0.1 |"
                        + " sip.tls.certificate: certificate file ",
                "transports: [udp, tls], tls: {listen: false, trust: t.pem} | priority: 1 | sip:a@127.0.0.1 | sip.tls.trust:"
                        + " certificate file ",
                "transports: [udp] | tls: {check: none} | sip:a@127.0.0.1 | trunks[0].transport: is udp beside 'tls': must be tls,"
                        + " or leave 'tls' out",
                "transports: [udp] | large-by-tcp: true | sip:a@127.0.0.1 | trunks[0].large-by-tcp: is true: needs transport:"
                        + " udp, and tcp among sip.transports",
                "transports: [sctp] | priority: 1 | sip:a@127.0.0.1 | sip.transports[0]: must be one of udp, tcp, tls; is 'sctp'"
            })
    void shouldSayInOneLineWhatWouldBeRight(String sip, String trunk, String agent, String problem) {
        node(sip, trunk.replace("channels: 3", "priority: 1"), agent);

        assertThat(files.problems())
                .singleElement()
                .satisfies(told -> assertThat(told).contains(problem).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({"sips:sip.example", "sip.example;transport=tcp", "sip.example:5061"})
    void shouldRefuseAHostThatSaysMoreThanWhere(String host) throws IOException {
        node("port: 5060", "priority: 1", "sip:a@127.0.0.1");
        Path file = folder.resolve("paceline.yaml");
        Files.writeString(file, Files.readString(file).replace("host: sip.example,", "host: \"" + host + "\","));

        assertThat(files.problems())
                .singleElement()
                .satisfies(told -> assertThat(told).contains("trunks[0].host: must be a host name or address"));
    }
}
