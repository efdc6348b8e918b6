package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.event.Event.CallAnswered;

/** Offers that the other side makes within a call, and answers that cannot be spoken. */
@Timeout(60)
class NewOfferTest {

    private static final String HEAD = "v=0\r\no=peer 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";

    private RawPeer peer;
    private TelephonyFixture dialer;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer();
        dialer = new TelephonyFixture("127.0.0.1", peer.port());
    }

    @AfterEach
    void stop() {
        dialer.close();
        peer.close();
    }

    @Test
    void shouldRefuseVideoBesideAudioWithPortZero() {
        String answer = answerTo("m=video 5000 RTP/AVP 96\r\nm=audio 39000 RTP/AVP 0\r\nm=video 0 RTP/AVP 97\r\n");

        assertThat(answer)
                .startsWith("SIP/2.0 200")
                .containsPattern(
                        "m=video 0 RTP/AVP 96\r\nm=audio [1-9][0-9]* RTP/AVP 0\r\n(a=.*\r\n)+m=video 0 RTP/AVP 97");
    }

    @Test
    void shouldTakeAStreamWithoutPortAsAHold() {
        assertThat(answerTo("m=audio 0 RTP/AVP 0 101\r\n"))
                .startsWith("SIP/2.0 200")
                .contains("m=audio 0 RTP/AVP 0 101\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "304, m=audio 0 RTP/AVP 8|m=image 23798 udptl t38",
        "305, m=audio 39000 RTP/AVP 18",
        "302, m=audio 39000 RTP/SAVP 0",
        "301, m=audio 39000 RTP/AVP 0|c=IN IP6 ::1"
    })
    void shouldSayWhyItRefusesAnOffer(int warning, String streams) {
        assertThat(answerTo(streams.replace("|", "\r\n") + "\r\n"))
                .startsWith("SIP/2.0 488")
                .containsPattern("Warning: " + warning + " 127.0.0.1:[0-9]+ \"");
        assertThat(dialer.events.endings()).isZero();
    }

    @Test
    void shouldNotTakeAnAnswerWhoseMediaItCannotReach() {
        dialer.dial();
        String invite = peer.receive("INVITE ");
        String session = HEAD.replace("c=IN IP4 127.0.0.1", "c=IN IP6 ::1") + "m=audio 39000 RTP/AVP 0\r\n";
        peer.answerWith(invite, "200 OK", "a", session, "Content-Type: application/sdp");

        peer.answer(peer.receive("BYE "), "200 OK", "a");
        await().until(() -> dialer.events.endings() == 1);
    }

    private String answerTo(String streams) {
        dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answerWithSession(invite, "200 OK", "a");
        dialer.await(CallAnswered.class);
        peer.requestWithin(invite, "a", "INVITE", 100, HEAD + streams);
        String answer = peer.receive("SIP/2.0 ");
        assertThat(RawPeer.header(answer, "CSeq")).isEqualTo("100 INVITE");
        peer.requestWithin(invite, "a", "ACK", 100, "");
        return answer;
    }
}
