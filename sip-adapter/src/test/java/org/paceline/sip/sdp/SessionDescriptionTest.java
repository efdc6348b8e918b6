package org.paceline.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offers of several streams, and the answers to them (RFC 3264 §6). */
class SessionDescriptionTest {

    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
    private static final RemoteAudio BEFORE =
            new RemoteAudio(new InetSocketAddress("192.0.2.1", 4000), RemoteAudio.PCMA, 96, Direction.SENDRECV);

    private final LocalAudio local = new LocalAudio(new InetSocketAddress("192.0.2.7", 30_000), 42);

    @Test
    void shouldAnswerWithAsManyStreamsAsTheOfferHasInItsOrder() throws SdpException {
        String offer = HEAD + "m=video 5000 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\n"
                + "m=audio 5002 RTP/SAVP 0\r\nm=audio 4000 RTP/AVP 8 0\r\nm=image 5004 udptl t38\r\n"
                + "m=audio 5006 RTP/AVP 0\r\nm=video 0 RTP/AVP 31\r\n";

        assertThat(mediaLines(answer(offer)))
                .containsExactly(
                        "m=video 0 RTP/AVP 96 97",
                        "m=audio 0 RTP/SAVP 0",
                        "m=audio 30000 RTP/AVP 8",
                        "m=image 0 udptl t38",
                        "m=audio 0 RTP/AVP 0",
                        "m=video 0 RTP/AVP 31");
    }

    @Test
    void shouldTakeTheStreamWithACodecOfOursNotTheFirstOne() throws SdpException {
        SessionDescription offer =
                parse(HEAD + "m=audio 4000 RTP/AVP 18\r\nm=audio 4002 RTP/AVP 8\r\nc=IN IP4 192.0.2.9\r\n");

        assertThat(offer.chosen()).isEqualTo(1);
        assertThat(offer.audio().address()).isEqualTo(new InetSocketAddress("192.0.2.9", 4002));
    }

    @Test
    void shouldTakeFeedbackWhereNoPlainStreamIsOfferedAndAnswerInKind() throws SdpException {
        String feedback = "m=audio 4000 RTP/AVPF 0\r\na=rtcp-fb:0 nack\r\n";

        assertThat(mediaLines(answer(HEAD + feedback))).containsExactly("m=audio 30000 RTP/AVPF 0");
        assertThat(mediaLines(answer(HEAD + feedback + "m=audio 4002 RTP/AVP 8\r\n")))
                .containsExactly("m=audio 0 RTP/AVPF 0", "m=audio 30000 RTP/AVP 8");
    }

    @Test
    void shouldPassOverBundles() throws SdpException {
        String answer = answer(HEAD + "a=group:BUNDLE 0 1\r\nm=audio 4000 RTP/AVP 0\r\na=mid:0\r\na=rtcp-mux\r\n"
                + "m=video 0 RTP/AVP 96\r\na=bundle-only\r\na=mid:1\r\n");

        assertThat(mediaLines(answer)).containsExactly("m=audio 30000 RTP/AVP 0", "m=video 0 RTP/AVP 96");
        assertThat(answer).doesNotContain("BUNDLE").doesNotContain("mid:");
    }

    @Test
    void shouldTakeAnOfferWithoutAnyActiveStreamAsAHold() throws SdpException {
        SessionDescription offer = SessionDescription.parseOffer(bytes(HEAD + "m=audio 0 RTP/AVP 8 96\r\n"), BEFORE);

        assertThat(offer.audio().receives()).isFalse();
        assertThat(offer.audio().sends()).isFalse();
        assertThat(offer.audio().payloadType()).isEqualTo(RemoteAudio.PCMA);
        assertThat(mediaLines(text(local.answer(offer)))).containsExactly("m=audio 0 RTP/AVP 8 96");
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, 192.0.2.1, true, true, sendrecv",
        "sendonly, 192.0.2.1, false, true, recvonly",
        "recvonly, 192.0.2.1, true, false, sendonly",
        "inactive, 192.0.2.1, false, false, inactive",
        "sendrecv, 0.0.0.0, false, false, recvonly",
        "inactive, 0.0.0.0, false, false, inactive"
    })
    void shouldSendNothingToAPeerOnHoldAndSaySo(
            String direction, String host, boolean receives, boolean sends, String answered) throws SdpException {
        String offer = HEAD.replace("c=IN IP4 192.0.2.1", "c=IN IP4 " + host) + "m=audio 4000 RTP/AVP 0\r\na="
                + direction + "\r\n";

        assertThat(parse(offer).audio().receives()).isEqualTo(receives);
        assertThat(parse(offer).audio().sends()).isEqualTo(sends);
        assertThat(answer(offer)).endsWith("a=" + answered + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "304, m=video 4000 RTP/AVP 96",
        "304, m=audio 0 RTP/AVP 8|m=image 23798 udptl t38",
        "305, m=audio 4000 RTP/AVP 18|m=video 4002 RTP/AVP 96",
        "302, m=audio 4000 RTP/SAVP 0",
        "302, m=audio 4000 UDP/TLS/RTP/SAVPF 0",
        "301, m=audio 4000 RTP/AVP 0|c=IN IP4 nowhere.invalid"
    })
    void shouldSayWhyAnOfferCannotBeSpoken(int warning, String streams) {
        byte[] offer = bytes(HEAD + streams.replace("|", "\r\n") + "\r\n");

        assertThatExceptionOfType(SdpException.class)
                .isThrownBy(() -> SessionDescription.parseOffer(offer, BEFORE))
                .extracting(SdpException::warning, InstanceOfAssertFactories.INTEGER)
                .isEqualTo(warning);
    }

    @Test
    void shouldRefuseMediaOfTheOtherIpVersion() throws SdpException {
        RemoteAudio six = parse(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\n")
                .audio();

        assertThatExceptionOfType(SdpException.class)
                .isThrownBy(() -> local.checkReaches(six))
                .withMessageContaining("2001:db8:0:0:0:0:0:1")
                .extracting(SdpException::warning, InstanceOfAssertFactories.INTEGER)
                .isEqualTo(301);
        local.checkReaches(BEFORE);
    }

    private String answer(String offer) throws SdpException {
        return text(local.answer(parse(offer)));
    }

    private static SessionDescription parse(String text) throws SdpException {
        return SessionDescription.parse(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] session) {
        return new String(session, StandardCharsets.UTF_8);
    }

    private static List<String> mediaLines(String session) {
        return session.lines().filter(line -> line.startsWith("m=")).toList();
    }
}
