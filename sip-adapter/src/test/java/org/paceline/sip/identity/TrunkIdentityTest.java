package org.paceline.sip.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.parser.StringMsgParser;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.rules.NumberNotation;
import org.paceline.sip.dialog.CallerIdentity;
import org.paceline.sip.identity.IdentityTerms.CallerIdHeader;
import org.paceline.sip.identity.IdentityTerms.Privacy;

class TrunkIdentityTest {
    private static final long CALLEE = 4930901820L;
    private static final long CALLER_ID = 498912345678L;

    @ParameterizedTest
    @CsvSource({
        "E164,      '',     sip:+4930901820@carrier.example:5070",
        "E164_BARE, '',     sip:4930901820@carrier.example:5070",
        "E164_00,   '',     sip:004930901820@carrier.example:5070",
        "NATIONAL,  '',     sip:030901820@carrier.example:5070",
        "E164_BARE, 1234,   sip:12344930901820@carrier.example:5070",
        "E164_BARE, '9*7#', sip:9*7%234930901820@carrier.example:5070"
    })
    void shouldWriteTheCallee(NumberNotation notation, String techPrefix, String uri) {
        NumberFormat format =
                new NumberFormat(new NumberForm(notation, NumberNotation.E164, techPrefix), Map.of(), "DE", false);

        assertThat(new TrunkIdentity(format, IdentityTerms.USUAL)
                        .callee(CALLEE, "carrier.example", 5070)
                        .encode())
                .isEqualTo(uri);
    }

    @Test
    void shouldTakeTheFormOfTheLongestPrefixOfTheCallee() {
        NumberForm germany = new NumberForm(NumberNotation.NATIONAL, NumberNotation.E164_00, "");
        NumberForm berlin = new NumberForm(NumberNotation.E164_BARE, NumberNotation.NATIONAL, "30");
        NumberFormat format = new NumberFormat(NumberForm.E164, Map.of(49L, germany, 4930L, berlin), "DE", false);

        assertThat(format.callee(4930901820L)).isEqualTo("304930901820");
        assertThat(format.caller(CALLER_ID, 4930901820L)).isEqualTo("08912345678");
        assertThat(format.callee(498912345678L)).isEqualTo("08912345678");
        assertThat(format.caller(CALLER_ID, 498912345678L)).isEqualTo("00498912345678");
        assertThat(format.callee(442079460018L)).isEqualTo("+442079460018");
        assertThat(format.caller(CALLER_ID, 442079460018L)).isEqualTo("+498912345678");
    }

    @Test
    void shouldPutTheCallerIdIntoFromAndPAssertedIdentity() {
        CallerIdentity caller = TrunkIdentity.USUAL.caller(CALLER_ID, CALLEE, "own.example");

        assertThat(caller.from().encode()).isEqualTo("<sip:+498912345678@own.example>");
        assertThat(caller.headers()).isEqualTo(Map.of("P-Asserted-Identity", "<sip:+498912345678@own.example>"));
    }

    @Test
    void shouldKeepTheAccountInFromWhenTheCallerIdIsWithheld() {
        CallerIdentity caller = caller(
                new IdentityTerms("acct", "sip.example", "Acme", CallerIdHeader.REMOTE_PARTY_ID, Privacy.FULL, null));

        assertThat(caller.from().encode()).isEqualTo("\"Anonymous\" <sip:acct@sip.example>");
        assertThat(caller.headers())
                .isEqualTo(Map.of(
                        "Remote-Party-ID",
                        "\"Acme\" <sip:+498912345678@sip.example>;party=calling;screen=yes;privacy=full",
                        "Privacy",
                        "header;user;id"));
    }

    @Test
    void shouldAddUserPhoneToNumbersOnly() {
        TrunkIdentity identity = new TrunkIdentity(
                new NumberFormat(NumberForm.E164, Map.of(), null, true),
                new IdentityTerms("acct", null, "", CallerIdHeader.P_ASSERTED_IDENTITY, Privacy.NONE, 498955555L));
        CallerIdentity caller = identity.caller(CALLER_ID, CALLEE, "own.example");

        assertThat(identity.callee(CALLEE, "carrier.example", 5060).encode()).endsWith(":5060;user=phone");
        assertThat(caller.from().encode()).isEqualTo("<sip:acct@own.example>");
        assertThat(caller.headers())
                .isEqualTo(Map.of(
                        "P-Asserted-Identity",
                        "<sip:+498912345678@own.example;user=phone>",
                        "Diversion",
                        "<sip:+498955555@own.example;user=phone>;reason=unconditional;counter=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\rb", "a\u0000b", "a\u0085b", "a\u2028b", "a\u202eb", "a\ud800"})
    void shouldRefuseANameThatCouldEndALine(String name) {
        assertThatThrownBy(() ->
                        new IdentityTerms(null, null, name, CallerIdHeader.P_ASSERTED_IDENTITY, Privacy.NONE, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("displayName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a>", "a\r\nX: y", "a b", "a\"", "a;b", ""})
    void shouldRefuseAUserThatCouldEndItsUri(String user) {
        assertThatThrownBy(
                        () -> new IdentityTerms(user, null, "", CallerIdHeader.P_ASSERTED_IDENTITY, Privacy.NONE, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fromUser");
    }

    @Test
    void shouldRefuseAnIdentityThatShowsNoCallerId() {
        assertThatThrownBy(() -> new IdentityTerms("acct", null, "", CallerIdHeader.NONE, Privacy.NONE, null))
                .hasMessageContaining("the caller ID would stand nowhere");
    }

    /** Every name that is taken is read back by a parser as one address with the URI that was written. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20_261_129})
    void shouldLetNoNameChangeTheAddress(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> pieces = List.of("\"", "\\", "<", ">", ";", ",", "sip:x@y", "%0d%0a", " ", "é", "中", "a", "\\\"");
        for (int i = 0; i < 2_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int left = 1 + random.nextInt(8); left > 0; left--) {
                name.append(pieces.get(random.nextInt(pieces.size())));
            }
            String text = caller(new IdentityTerms(
                            null, null, name.toString(), CallerIdHeader.P_ASSERTED_IDENTITY, Privacy.NONE, null))
                    .from()
                    .encode();

            assertThat(text)
                    .as("seed %d", seed)
                    .doesNotContain("\r", "\n")
                    .endsWith("\" <sip:+498912345678@own.example>");
            String quoted = text.substring(0, text.lastIndexOf(" <"));
            assertThat(quoted).as("seed %d", seed).matches("\"([^\"\\\\]|\\\\.)*\"");
            assertThat(new StringMsgParser().parseAddress(text).getURI())
                    .as("seed %d: %s", seed, text)
                    .hasToString("sip:+498912345678@own.example");
        }
    }

    private static CallerIdentity caller(IdentityTerms terms) {
        return new TrunkIdentity(NumberFormat.E164, terms).caller(CALLER_ID, CALLEE, "own.example");
    }
}
