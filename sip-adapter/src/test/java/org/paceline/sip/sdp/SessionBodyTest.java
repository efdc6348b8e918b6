package org.paceline.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionBodyTest {
    private static final String SDP = "v=0\r\no=a 1 1 IN IP4 127.0.0.1\r\ns=-\r\n";
    private static final String ISUP = "Content-Type: application/isup;version=itu-t92+\r\n"
            + "Content-Disposition: signal;handling=optional\r\n\r\n\u0009\u0001\u0002\u0000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/sdp",
                "Application/SDP",
                "application/sdp;charset=utf-8",
                "application/sdp ; charset=\"UTF-8\""
            })
    void shouldTakeTheBodyItself(String type) {
        assertThat(find(SDP, type)).isEqualTo(SDP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r\n\r\n", "\u00ef\u00bb\u00bf", "\u00ef\u00bb\u00bf\r\n"})
    void shouldPassOverWhatStandsBeforeTheFirstLine(String before) {
        assertThat(find(before + SDP, "application/sdp")).isEqualTo(SDP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed;boundary=b1",
                "multipart/mixed; boundary=\"b1\"",
                "MULTIPART/Mixed; Boundary=b1; x=y",
                "multipart/related ; type=\"a/b\" ; boundary = b1",
                // The body's first delimiter tells.
                "multipart/mixed"
            })
    void shouldFindItAmongOtherParts(String type) {
        String body = "--b1\r\n" + ISUP + "\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n" + SDP + "\r\n--b1--\r\n";
        assertThat(find(body, type)).isEqualTo(SDP);
    }

    @Test
    void shouldPassOverPreambleAndEpilogue() {
        String body = "This is a preamble.\r\n--b1\r\ncontent-type:application/SDP;charset=utf-8\r\n\r\n" + SDP
                + "\r\n--b1--\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=1\r\n";
        assertThat(find(body, "multipart/mixed;boundary=b1")).isEqualTo(SDP);
    }

    @Test
    void shouldFindItInAMultipartWithin() {
        String inner =
                "--in\r\nContent-Type: application/pidf+xml\r\n\r\n<x/>\r\n--in\r\nContent-Type: application/sdp\r\n\r\n"
                        + SDP + "\r\n--in--";
        String body =
                "--out\r\n" + ISUP + "\r\n--out\r\nContent-Type: multipart/alternative;\r\n boundary=\"in\"\r\n\r\n"
                        + inner + "\r\n--out--\r\n";
        assertThat(find(body, "multipart/mixed;boundary=out")).isEqualTo(SDP);
    }

    @Test
    void shouldTakeLinesThatEndInALineFeedOnly() {
        String sdp = SDP.replace("\r", "");
        String body = "--b1\nContent-Type: application/sdp\n\n" + sdp + "\n--b1--\n";
        assertThat(find(body, "multipart/mixed;boundary=b1")).isEqualTo(sdp);
    }

    @Test
    void shouldGoByTheBodyWhereNoTypeIsGiven() {
        assertThat(find(SDP, null)).isEqualTo(SDP);
        assertThat(find("--q\r\nContent-Type: application/sdp\r\n\r\n" + SDP + "\r\n--q--", null))
                .isEqualTo(SDP);
        assertThat(find("hello", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b1\r\nContent-Type: application/isup\r\n\r\nx\r\n--b1--",
                "--b1",
                "--b1\r\n",
                "--b1--",
                "--other\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n",
                "\r\n"
            })
    void shouldFindNoneWhereNoneIs(String body) {
        assertThat(find(body, "multipart/mixed;boundary=b1")).isNull();
    }

    @Test
    void shouldFindNoneInABodyOfAnotherType() {
        assertThat(find("v=0\r\n", "application/isup")).isNull();
        assertThat(SessionBody.find(null, "application/sdp")).isNull();
        assertThat(SessionBody.find(new byte[0], null)).isNull();
    }

    @Test
    void shouldNotFollowMultipartsWithoutEnd() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            body.append("--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n");
        }
        assertThat(find(body.toString(), "multipart/mixed;boundary=b")).isNull();
    }

    private static @Nullable String find(String body, @Nullable String type) {
        byte[] found = SessionBody.find(body.getBytes(StandardCharsets.ISO_8859_1), type);
        return found == null ? null : new String(found, StandardCharsets.ISO_8859_1);
    }
}
