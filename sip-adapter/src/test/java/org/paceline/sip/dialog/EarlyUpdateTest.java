package org.paceline.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.sip.RawPeer.header;
import static org.paceline.sip.dialog.DialogCall.SDP;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.sip.RawPeer;
import org.paceline.sip.sdp.RemoteAudio;

/** The other side's requests, also before it has answered (RFC 3311). */
@Timeout(60)
class EarlyUpdateTest {

    private DialogCall call;
    private RawPeer peer;
    private String invite;

    @BeforeEach
    void start() throws IOException {
        call = new DialogCall(SipExtensions.USUAL);
        peer = call.peer;
        invite = call.start();
    }

    @AfterEach
    void stop() {
        call.close();
    }

    @Test
    void shouldAnswerANewOfferOnceItsOwnIsAnswered() {
        reliably(RawPeer.SESSION);
        String answer = ask("UPDATE", "a", 10, DialogCall.session(39_300));

        assertThat(answer).startsWith("SIP/2.0 200").contains("m=audio 4000 RTP/AVP 0 101\r\n");
        assertThat(call.told).containsExactly("progress");
        peer.answerWithSession(invite, "200 OK", "a");
        peer.receive("ACK ");
        assertThat(call.answeredPort()).isEqualTo(39_300);
    }

    @Test
    void shouldTellOfNewMediaOnceTheCallIsUp() {
        reliably(RawPeer.SESSION);
        ask("UPDATE", "a", 10, DialogCall.session(39_300));
        peer.answer(invite, "200 OK", "a");
        peer.receive("ACK ");
        ask("UPDATE", "a", 11, DialogCall.session(39_400));

        assertThat(call.told).last().isEqualTo("media at 39400");
    }

    @Test
    void shouldNotTakeAnOfferBeforeItsOwnIsAnswered() {
        reliably("");

        assertThat(ask("UPDATE", "a", 10, RawPeer.SESSION)).startsWith("SIP/2.0 491");
    }

    @Test
    void shouldTakeAnUpdateWithoutAnOfferAtAnyTime() {
        reliably("");

        assertThat(ask("UPDATE", "a", 10, "")).startsWith("SIP/2.0 200");
    }

    @Test
    void shouldSayWhyItRefusesAnOffer() {
        reliably(RawPeer.SESSION);
        String answer = ask("UPDATE", "a", 10, RawPeer.SESSION.replace("RTP/AVP 0 101", "RTP/AVP 18"));

        assertThat(answer).startsWith("SIP/2.0 488");
        assertThat(header(answer, "Warning")).startsWith("305 ");
    }

    @Test
    void shouldNotTakeAReInviteBeforeItsOwnIsAnswered() {
        reliably(RawPeer.SESSION);

        assertThat(ask("INVITE", "a", 10, RawPeer.SESSION)).startsWith("SIP/2.0 491");
    }

    @Test
    void shouldNotKnowADialogThatNoReliableResponseMade() {
        reliably(RawPeer.SESSION);

        assertThat(ask("UPDATE", "b", 10, RawPeer.SESSION)).startsWith("SIP/2.0 481");
    }

    @Test
    void shouldNotTakeAByeBeforeTheAnswer() {
        reliably(RawPeer.SESSION);

        assertThat(ask("BYE", "a", 10, "")).startsWith("SIP/2.0 481");
        assertThat(call.told).containsExactly("progress");
    }

    @Test
    void shouldNotKnowTheResponseThatAPrackAcknowledges() {
        peer.answerWithSession(invite, "200 OK", "a");
        peer.receive("ACK ");

        assertThat(ask("PRACK", "a", 10, "")).startsWith("SIP/2.0 481");
    }

    @Test
    void shouldNotTakeAnOfferWhileItsOwnInA200HasNoAnswer() {
        peer.answerWithSession(invite, "200 OK", "a");
        peer.receive("ACK ");
        assertThat(ask("INVITE", "a", 10, "")).startsWith("SIP/2.0 200");

        assertThat(ask("UPDATE", "a", 11, RawPeer.SESSION)).startsWith("SIP/2.0 491");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void shouldSayWhichBodyItTakes(String method) {
        isUp();
        String answer = askWith(method, "Content-Type: application/isup\r\n");

        assertThat(answer).startsWith("SIP/2.0 415");
        assertThat(header(answer, "Accept")).isEqualTo("application/sdp");
    }

    @Test
    void shouldPassOverAnotherBodyThatIsOptional() {
        isUp();
        String answer = askWith(
                "INVITE", "Content-Type: application/isup\r\nContent-Disposition: signal;handling=optional\r\n");

        assertThat(answer).startsWith("SIP/2.0 200").contains("m=audio 4000 RTP/AVP 0 8 101\r\n");
    }

    private void isUp() {
        peer.answerWithSession(invite, "200 OK", "a");
        peer.receive("ACK ");
        call.await(RemoteAudio.class);
    }

    private String askWith(String method, String headers) {
        peer.requestWithin(invite, "a", method, 10, "x", headers);
        return peer.receive("SIP/2.0 ");
    }

    private void reliably(String session) {
        peer.answerWith(
                invite,
                "183 Session Progress",
                "a",
                session,
                "Require: 100rel",
                "RSeq: 1",
                session.isEmpty() ? "X: 1" : SDP);
        peer.answer(peer.receive("PRACK "), "200 OK", "a");
    }

    /** @return the answer */
    private String ask(String method, String tag, int sequence, String body) {
        peer.requestWithin(invite, tag, method, sequence, body);
        return peer.receive(message ->
                message.startsWith("SIP/2.0") && header(message, "CSeq").equals(sequence + " " + method));
    }
}
