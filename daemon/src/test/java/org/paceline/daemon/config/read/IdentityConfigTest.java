package org.paceline.daemon.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.config.show.EffectiveConfig;
import org.paceline.rules.NumberNotation;
import org.paceline.sip.identity.IdentityTerms;
import org.paceline.sip.identity.IdentityTerms.CallerIdHeader;
import org.paceline.sip.identity.IdentityTerms.Privacy;
import org.paceline.sip.identity.NumberForm;
import org.paceline.sip.identity.NumberFormat;
import org.paceline.sip.identity.TrunkIdentity;

/** A trunk's {@code number-format} and {@code identity}. */
class IdentityConfigTest {
    private static final String EVERYTHING = """
                number-format:
                  callee: e164-00
                  caller: e164-bare
                  tech-prefix: "77#"
                  country: DE
                  user-phone: true
                  rules:
                    - prefix: "+49"
                      callee: national
                      caller: e164-bare
                      tech-prefix: none
                identity:
                  from: acct-7
                  host: sip.carrier.example
                  display-name: Acme "East", Inc.
                  caller-id-header: remote-party-id
                  privacy: id
                  diversion: "+13055550199"
            """.indent(-4);

    @TempDir
    private Path folder;

    private ConfigFiles files;

    @BeforeEach
    void write() {
        files = new ConfigFiles(folder);
        files.campaign("autumn", ConfigFiles.CAMPAIGN);
    }

    private void trunk(String more) {
        files.node("""
                node: {name: n1, zone: UTC}
                sip: {host: 127.0.0.1}
                trunks:
                  - name: main
                    host: 127.0.0.1
                    channels: 30
                """ + more.indent(4));
    }

    @Test
    void shouldReadEveryKey() {
        trunk(EVERYTHING);

        assertThat(files.read().daemon().trunks().getFirst().identity())
                .isEqualTo(new TrunkIdentity(
                        new NumberFormat(
                                new NumberForm(NumberNotation.E164_00, NumberNotation.E164_BARE, "77#"),
                                Map.of(49L, new NumberForm(NumberNotation.NATIONAL, NumberNotation.E164_BARE, "")),
                                "DE",
                                true),
                        new IdentityTerms(
                                "acct-7",
                                "sip.carrier.example",
                                "Acme \"East\", Inc.",
                                CallerIdHeader.REMOTE_PARTY_ID,
                                Privacy.ID,
                                13055550199L)));
    }

    @Test
    void shouldShowWhatItReadSoThatItReadsItAgain() {
        trunk(EVERYTHING);
        TrunkIdentity read = files.read().daemon().trunks().getFirst().identity();
        String shown = EffectiveConfig.of(files.read().daemon());
        int from = shown.indexOf("    number-format:");

        trunk(shown.substring(from, shown.indexOf("    # tariff:", from)).indent(-4));
        assertThat(files.read().daemon().trunks().getFirst().identity()).isEqualTo(read);
    }

    @Test
    void shouldTakeTheTrunksFormWhereARuleSaysNothing() {
        trunk("number-format: {callee: e164-00, tech-prefix: 7, rules: [{prefix: \"+1\", caller: e164-bare}]}");

        assertThat(files.read()
                        .daemon()
                        .trunks()
                        .getFirst()
                        .identity()
                        .numbers()
                        .of(13055550123L))
                .isEqualTo(new NumberForm(NumberNotation.E164_00, NumberNotation.E164_BARE, "7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number-format: {callee: local} | number-format.callee: must be one of e164, e164-bare, e164-00, national; is"
                        + " 'local'",
                "number-format: {callee: national} | number-format.country: is missing: must be the country within which"
                        + " national is dialled, for example DE",
                "number-format: {caller: national, country: Germany} | number-format.country: must be a country as ISO 3166-1"
                        + " writes it, for example DE; is 'Germany'",
                "number-format: {tech-prefix: 9a} | number-format.tech-prefix: must be 1 to 16 digits, '*' and '#', or none for"
                        + " nothing; is '9a'",
                "number-format: {rules: [{prefix: 49}]} | number-format.rules[0].prefix: must be + and the first digits of"
                        + " numbers, for example +1305; is '49'",
                "number-format: {rules: [{prefix: \"+49\"}, {prefix: \"+49\"}]} | number-format.rules[1].prefix: has a rule"
                        + " already, in line 7; keep one",
                "number-format: {prefix: 9} | number-format.prefix: unknown key",
                "identity: {from: \"a b\"} | identity.from: must be caller-id, or the user part of a SIP URI in at most 64"
                        + " letters, digits and _.!~*'()&=+$,/-; is 'a b'",
                "identity: {display-name: \"a\\r\\nX-Evil: 1\"} | identity.display-name: must be 1 to 64 characters in one line,"
                        + " without control characters",
                "identity: {host: \"sip.example:5060>\"} | identity.host: must be a host name",
                "identity: {from: acct, caller-id-header: none} | identity.caller-id-header: must not be none where from is not"
                        + " caller-id: the caller ID would stand nowhere",
                "identity: {privacy: id, caller-id-header: none} | identity.caller-id-header: must not be none where privacy"
                        + " hides the caller ID in From: the caller ID would stand nowhere",
                "identity: {diversion: 030901820} | identity.diversion: must be a number in E.164 form"
            })
    void shouldSayInOneLineWhatWouldBeRight(String more, String problem) {
        trunk(more);

        assertThat(files.problems())
                .singleElement()
                .satisfies(told ->
                        assertThat(told).contains("trunks[0]." + problem).doesNotContain("\n"));
    }
}
