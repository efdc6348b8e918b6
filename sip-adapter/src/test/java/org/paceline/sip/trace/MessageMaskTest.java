package org.paceline.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageMaskTest {

    private static String masked(String text) {
        String shown = MessageMask.mask(text, 0);
        assertThat(shown).hasSameSizeAs(text);
        return shown;
    }

    /** Returns the header as it is shown. */
    private static String header(String header) {
        String[] lines = masked("OPTIONS sip:gw SIP/2.0\r\n" + header + "\r\nCSeq: 1 OPTIONS\r\n\r\n")
                .split("\r\n", -1);
        assertThat(lines[2]).isEqualTo("CSeq: 1 OPTIONS");
        return lines[1];
    }

    private static String body(String type, String body) {
        String text = "INFO sip:gw SIP/2.0\r\nContent-Type: " + type + "\r\n\r\n" + body;
        return masked(text).substring(text.length() - body.length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    To: <sip:+13055550123@host>;tag=1928301774     | To: <sip:+1305*****23@host>;tag=1928301774
                    t: "13055550123" <sip:13055550123@10.20.30.40> | t: "1305*****23" <sip:1305*****23@10.20.30.40>
                    To: <sip:00493012345678@host;user=phone>       | To: <sip:0049********78@host;user=phone>
                    To: <sip:%2313055550123@host>                  | To: <sip:%231305*****23@host>
                    From: <tel:+1-305-555-0123>;tag=9              | From: <tel:+1-305-***-**23>;tag=9
                    Diversion: <sip:13055550199@host>;counter=1    | Diversion: <sip:1305*****99@host>;counter=1
                    Contact: <sip:305.555.0123@10.0.0.1>           | Contact: <sip:305.5**.**23@10.0.0.1>
                    Record-Route: <sip:192.168.100.200:5060;lr>    | Record-Route: <sip:192.168.100.200:5060;lr>
                    X-Customer: 13055550123                        | X-Customer: 1305*****23
                    Contact: <sip:bob:hunter2@10.0.0.1>            | Contact: <sip:bob:*******@10.0.0.1>
                    Call-ID: 1234567890123@10.0.0.1                | Call-ID: 1234567890123@10.0.0.1
                    Call-ID: +13055550123@10.0.0.1                 | Call-ID: +1305*****23@10.0.0.1
                    Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK12345678 | Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK12345678
                    CSeq: 1234567890 INVITE                        | CSeq: 1234567890 INVITE
                    Identity: eyJhbGciOiJFUzI1NiJ9.eyJkZXN0Ijp7I.x | Identity: *******************************************
                    """)
    void shouldMaskNumbersAndKeepWhatIsTechnical(String given, String shown) {
        if (given.startsWith("Identity")) {
            assertThat(header(given)).matches("Identity: \\*+");
            return;
        }
        assertThat(header(given)).isEqualTo(shown);
    }

    @Test
    void shouldShowOfCredentialsOnlyWhatTellsNoSecret() {
        assertThat(
                        header(
                                "Authorization: Digest username=\"acct1\", realm=\"carrier\", nonce=\"abc\\\"d\", uri=\"sip:host\","
                                        + " response=\"0123456789abcdef\", algorithm=MD5, cnonce=\"c1\", opaque=\"o\", qop=auth, nc=00000001"))
                .isEqualTo(
                        "Authorization: Digest username=\"acct1\", realm=\"carrier\", nonce=\"******\", uri=\"sip:host\","
                                + " response=\"****************\", algorithm=MD5, cnonce=\"**\", opaque=\"*\", qop=auth,"
                                + " nc=00000001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Proxy-Authorization: Basic dXNlcjpwYXNz        | Proxy-Authorization: Basic ************
                    Authorization: Bearer abc.def=                 | Authorization: Bearer ********
                    WWW-Authenticate: Digest realm="r", nonce="n"  | WWW-Authenticate: Digest realm="r", nonce="*"
                    Authentication-Info: nextnonce="abc", rspauth="x" | Authentication-Info: nextnonce="***", rspauth="*"
                    """)
    void shouldMaskEverySortOfCredentials(String given, String shown) {
        assertThat(header(given)).isEqualTo(shown);
    }

    @Test
    void shouldMaskAHeaderThatGoesOnInTheNextLine() {
        String shown =
                masked("REGISTER sip:gw SIP/2.0\r\nAuthorization: Digest realm=\"r\",\r\n nonce=\"secret\"\r\n\r\n");

        assertThat(shown).contains("realm=\"r\"").doesNotContain("secret");
    }

    @Test
    void shouldMaskKeysAndNumbersInASession() {
        assertThat(body("application/sdp", """
                o=13055550123 1234567890 1 IN IP4 10.0.0.1
                s=call of 13055550123
                p=+1 305 555 0123
                k=clear:secret
                a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20
                a=ice-pwd:asd88fgpdd777uzjYhagZg
                m=audio 39000 RTP/AVP 0
                """)).isEqualTo("""
                o=1305*****23 1234567890 1 IN IP4 10.0.0.1
                s=call of 1305*****23
                p=+1 305 *** **23
                k=************
                a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:*********************************************
                a=ice-pwd:**********************
                m=audio 39000 RTP/AVP 0
                """);
    }

    @Test
    void shouldHideBodiesOfOtherSorts() {
        assertThat(body("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"))
                .isEqualTo("********\r\n************\r\n");
        assertThat(body(
                        "multipart/mixed;boundary=b",
                        "--b\r\nContent-Type: text/plain\r\n\r\nhello\r\nm=audio 1 RTP/AVP 0\r\n--b--\r\n"))
                .isEqualTo("--b\r\nContent-Type: text/plain\r\n\r\n*****\r\nm=audio 1 RTP/AVP 0\r\n--b--\r\n");
    }

    @Test
    void shouldMaskAKnownNumberWhereverItStands() {
        String text = "INVITE sip:gw SIP/2.0\r\nCall-ID: x03055550123y\r\n\r\n";

        assertThat(MessageMask.mask(text, 13_055_550_123L))
                .isEqualTo("INVITE sip:gw SIP/2.0\r\nCall-ID: x0305*****23y\r\n\r\n");
    }

    @Test
    void shouldTakeAnyText() {
        for (String text :
                new String[] {"", "\r\n", ":", "x\r\n:\r\n y", "Authorization", "a\r\nAuthorization:", "\n\n\n"}) {
            assertThat(masked(text)).isNotNull();
        }
    }
}
