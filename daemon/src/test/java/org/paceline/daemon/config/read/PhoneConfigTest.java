package org.paceline.daemon.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.PhoneConfig;
import org.paceline.daemon.config.RegistrarConfig;
import org.paceline.daemon.config.show.EffectiveConfig;
import org.paceline.sip.auth.DigestAlgorithm;

/** {@code registrar}, and the {@code phone} of an agent. */
class PhoneConfigTest {

    @TempDir
    private Path folder;

    private ConfigFiles files;

    @BeforeEach
    void write() {
        files = new ConfigFiles(folder);
        files.campaign("autumn", ConfigFiles.CAMPAIGN);
    }

    private void node(String more) {
        files.node(ConfigFiles.NODE + more.replace('#', '\n'));
    }

    @Test
    void shouldReadPhonesThatRegister() {
        node("""
                registrar:
                  realm: dialer
                  digests: [md5]
                  shortest: 30s
                  longest: 2m
                  phones-per-agent: 2
                  tries: 3
                agents:
                  - {name: ann, phone: {password: env:BOSS}, token: a-token-of-ann-1}
                  - {name: ben, phone: {user: "201", password: of-ben-201}, token: a-token-of-ben-1}
                """);
        DaemonConfig read = files.read().daemon();

        assertThat(read.registrar())
                .isEqualTo(new RegistrarConfig(
                        "dialer", List.of(DigestAlgorithm.MD5), Duration.ofSeconds(30), Duration.ofMinutes(2), 2, 3));
        assertThat(read.agents())
                .extracting(agent -> agent.address().uri())
                .containsExactly("sip:ann@dialer", "sip:201@dialer");
        PhoneConfig ann = Objects.requireNonNull(read.agents().getFirst().phone());
        assertThat(ann.user()).isEqualTo("ann");
        assertThat(ann.password().reveal()).isEqualTo("a-token-long-enough");
        assertThat(EffectiveConfig.of(read))
                .contains("digests: [md5]", "user: ann", "env:BOSS")
                .doesNotContain("address: sip:", "of-ben-201");
    }

    @Test
    void shouldHaveDefaults() {
        node("");

        assertThat(files.read().daemon().registrar())
                .isEqualTo(new RegistrarConfig(
                        "paceline",
                        List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                        Duration.ofSeconds(60),
                        Duration.ofHours(1),
                        4,
                        5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    agents: [{name: a, token: env:BOSS}] | paceline.yaml:5: agents[0].address: is missing: must be a SIP URI, for example sip:alice@192.0.2.7:5060; or write 'phone' for a phone that registers here
                    agents: [{name: a, address: "sip:a@h", phone: {password: of-ann-1}, token: env:BOSS}] | paceline.yaml:5: agents[0].address: stands beside 'phone': keep 'address' for a phone at a fixed address, or 'phone' for one that registers here
                    agents: [{name: a, phone: {}, token: env:BOSS}] | paceline.yaml:5: agents[0].phone.password: is missing
                    agents: [{name: a, phone: {password: short}, token: env:BOSS}] | paceline.yaml:5: agents[0].phone.password: has 5 characters: must have at least 8, for example from 'openssl rand -hex 16'
                    agents: [{name: a, phone: {user: "a b", password: of-ann-1}, token: env:BOSS}] | paceline.yaml:5: agents[0].phone.user: must be a name of letters, digits, '.', '_' and '-'; is 'a b'
                    agents: [{name: a, phone: {password: of-ann-1}, token: env:BOSS}, {name: b, phone: {user: a, password: of-ben-1}, token: another-long-token}] | paceline.yaml:5: agents[1].phone.user: 'a' is the user of line 5 too; give each agent its own
                    registrar: {digests: []} | paceline.yaml:5: registrar.digests: must be a list of sha-256, sha-512-256 or md5, at least one; is []
                    registrar: {digests: [sha1]} | paceline.yaml:5: registrar.digests[0]: must be one of md5, sha-256, sha-512-256; is 'sha1'
                    registrar: {shortest: 2m, longest: 1m} | paceline.yaml:5: registrar.longest: must be a duration from shortest, which is 120s, to 24h; is 1m
                    registrar: {realm: 'a"b'} | paceline.yaml:5: registrar.realm: must be 1 to 100 letters, digits, '.', '_' and '-'; is 'a"b'
                    """)
    void shouldSayWhatIsWrong(String more, String problem) {
        node(more + "\n");

        assertThat(files.problems()).first().asString().startsWith(problem);
    }
}
