package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawReplyTest {

    @Test
    void shouldRepeatWhatAResponseRepeats() {
        String reply = reply("""
                INVITE sip:x SIP/2.0
                v: SIP/2.0/UDP a;branch=1
                Via: SIP/2.0/UDP b
                 ;branch=2
                f: <sip:a@b>;tag=1
                To: <sip:tag=no@c>
                i: call
                CSeq: 1 INVITE
                Content-Length: 99

                body
                """);

        assertThat(reply).isEqualTo("""
                SIP/2.0 400 Bad Request\r
                Via: SIP/2.0/UDP a;branch=1\r
                Via: SIP/2.0/UDP b ;branch=2\r
                From: <sip:a@b>;tag=1\r
                To: <sip:tag=no@c>;tag=t\r
                Call-ID: call\r
                CSeq: 1 INVITE\r
                Content-Length: 0\r
                \r
                """);
    }

    @Test
    void shouldHoldNoControlCharacters() {
        String reply = Objects.requireNonNull(
                reply("INVITE sip:x SIP/2.0\nVia: a\r\u0000b\u0007\rX: y\nTo: \"\rx\" <sip:a>;tag=1\n\n"));

        assertThat(reply.replace("\r\n", "")).doesNotContainPattern("\\p{Cntrl}");
        assertThat(reply).contains("To: \" x\" <sip:a>;tag=1\r\n");
    }

    @Test
    void shouldNotAnswerAnAckOrWhoCannotBeReached() {
        assertThat(reply("ACK sip:x SIP/2.0\nVia: a\n\n")).isNull();
        assertThat(reply("INVITE sip:x SIP/2.0\nTo: a\n\n")).isNull();
        assertThat(reply("")).isNull();
    }

    private static @Nullable String reply(String request) {
        byte[] reply = RawReply.to(request.getBytes(StandardCharsets.ISO_8859_1), 400, "Bad Request", "t");
        return reply == null ? null : new String(reply, StandardCharsets.ISO_8859_1);
    }
}
