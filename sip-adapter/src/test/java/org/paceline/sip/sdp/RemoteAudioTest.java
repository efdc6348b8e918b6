package org.paceline.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAudioTest {

    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";

    @Test
    void shouldTakeTheFirstG711AndTheEvents() throws SdpException {
        RemoteAudio audio = parse(HEAD + "m=audio 4000 RTP/AVP 18 8 0 96\r\na=rtpmap:18 G729/8000\r\n"
                + "a=rtpmap:96 Telephone-Event/8000\r\na=fmtp:96 0-15\r\n");

        assertThat(audio)
                .isEqualTo(new RemoteAudio(
                        new InetSocketAddress("192.0.2.1", 4000), RemoteAudio.PCMA, 96, Direction.SENDRECV));
    }

    @Test
    void shouldPreferWhatTheStreamSaysOverTheSession() throws SdpException {
        RemoteAudio audio = parse(HEAD + "a=inactive\nm=video 5000 RTP/AVP 31\nc=IN IP4 192.0.2.9\na=recvonly\n"
                + "m=audio 4000/2 RTP/AVP 0\nc=IN IP6 2001:db8::1\na=sendonly\nm=audio 6000 RTP/AVP 8\na=inactive\n");

        assertThat(audio.address()).isEqualTo(new InetSocketAddress("2001:db8::1", 4000));
        assertThat(audio.payloadType()).isEqualTo(RemoteAudio.PCMU);
        assertThat(audio.telephoneEventPayloadType()).isEqualTo(-1);
        assertThat(audio.direction()).isEqualTo(Direction.SENDONLY);
    }

    @Test
    void shouldReadTheOldHoldAsNoAddress() throws SdpException {
        assertThat(parse(HEAD.replace("c=IN IP4 192.0.2.1", "c=IN IP4 0.0.0.0") + "m=audio 4000 RTP/AVP 0\r\n")
                        .address())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "v=0\r\n",
                "v=0\r\nm=audio 4000 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 host.example\r\nm=audio 4000 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4\r\nm=audio 4000 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/SAVP 0\r\n",
                "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 70000 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio x RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 18 3\r\n",
                "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 G726-32/8000\r\n",
                "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP zero\r\n"
            })
    void shouldRefuseWhatCannotBeSpoken(String text) {
        assertThatExceptionOfType(SdpException.class).isThrownBy(() -> parse(text));
    }

    @Test
    void shouldReadBackItsOwnOfferAndAnswer() throws SdpException {
        InetSocketAddress local = new InetSocketAddress("192.0.2.7", 30_000);
        LocalAudio ours = new LocalAudio(local, 42);
        String offer = new String(ours.offer(), StandardCharsets.US_ASCII);
        assertThat(offer).contains("o=paceline 42 1 IN IP4 192.0.2.7\r\n");
        assertThat(parse(offer)).isEqualTo(new RemoteAudio(local, 0, 101, Direction.SENDRECV));

        RemoteAudio theirs = new RemoteAudio(local, RemoteAudio.PCMA, 96, Direction.SENDONLY);
        String answer = new String(ours.answer(theirs), StandardCharsets.US_ASCII);
        assertThat(answer).contains("o=paceline 42 2 IN").contains("m=audio 30000 RTP/AVP 8 96\r\n");
        assertThat(parse(answer)).isEqualTo(new RemoteAudio(local, RemoteAudio.PCMA, 96, Direction.RECVONLY));
    }

    private static RemoteAudio parse(String text) throws SdpException {
        return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8)).audio();
    }
}
