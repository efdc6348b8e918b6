package org.paceline.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.sip.RawPeer.header;
import static org.paceline.sip.dialog.DialogCall.SDP;

import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.sip.RawPeer;
import org.paceline.sip.dialog.CallFailure.Kind;
import org.paceline.sip.dialog.SipExtensions.Reliable;
import org.paceline.sip.sdp.RemoteAudio;

/** Session timers (RFC 4028). The peer imposes intervals of seconds, which no peer should. */
@Timeout(60)
class SessionTimerTest {

    private static final String UPDATES = "Allow: INVITE, ACK, BYE, UPDATE";

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
    void shouldAskForASessionTimer() {
        assertThat(header(invite, "Session-Expires")).isEqualTo("1800");
        assertThat(header(invite, "Min-SE")).isEqualTo("90");
        assertThat(invite).containsPattern("Supported: .*timer\r\n");
    }

    @Test
    void shouldNotAskWhereTheTrunkIsToHaveNone() throws IOException {
        try (DialogCall plain = new DialogCall(new SipExtensions(Reliable.OFF, 0))) {
            assertThat(plain.start()).doesNotContain("timer", "Session-Expires", "Min-SE");
        }
    }

    // ---- 422

    @Test
    void shouldCallAgainWithTheIntervalThatTheOtherSideWants() {
        peer.answer(invite, "422 Session Interval Too Small", "a", "Min-SE: 3600");
        peer.receive("ACK ");

        String again = peer.receive("INVITE ");
        assertThat(header(again, "Session-Expires")).isEqualTo("3600");
        assertThat(header(again, "Min-SE")).isEqualTo("3600");
        assertThat(header(again, "CSeq")).isEqualTo("2 INVITE");
        assertThat(header(again, "Call-ID")).isEqualTo(header(invite, "Call-ID"));
        peer.answerWithSession(again, "200 OK", "b");
        assertThat(header(peer.receive("ACK "), "CSeq")).isEqualTo("2 ACK");
        call.await(RemoteAudio.class);
    }

    @Test
    void shouldCallAgainOnceOnly() {
        peer.answer(invite, "422 Session Interval Too Small", "a", "Min-SE: 3600");
        peer.answer(peer.receive(again(2)), "422 Session Interval Too Small", "b", "Min-SE: 7200");

        CallFailure failure = call.await(CallFailure.class);
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.cause().sipStatus()).isEqualTo(422);
    }

    @Test
    void shouldNotCallAgainForAnIntervalThatItAskedForAlready() {
        peer.answer(invite, "422 Session Interval Too Small", "a", "Min-SE: 90");

        assertThat(call.await(CallFailure.class).cause().sipStatus()).isEqualTo(422);
    }

    @Test
    void shouldNotCallAgainWhatIsCancelled() {
        peer.answer(invite, "100 Trying", "");
        call.call.cancel();
        peer.receive("CANCEL ");
        peer.answer(invite, "422 Session Interval Too Small", "a", "Min-SE: 3600");

        assertThat(call.await(CallFailure.class).cause().sipStatus()).isEqualTo(422);
        assertThat(peer.isSilent("INVITE ", 300)).isTrue();
    }

    // ---- we refresh

    @Test
    void shouldRefreshByUpdateAtHalfTheInterval() {
        answer("Session-Expires: 2;refresher=uac", UPDATES);
        String update = peer.receive("UPDATE ");

        assertThat(header(update, "Session-Expires")).isEqualTo("2;refresher=uac");
        assertThat(header(update, "Content-Length")).isEqualTo("0");
        assertThat(header(update, "Contact")).isEqualTo(header(invite, "Contact"));
        peer.answer(update, "200 OK", "a", "Session-Expires: 2;refresher=uac");
        assertThat(header(
                        peer.receive(message -> message.startsWith("UPDATE ") && !sameRequest(message, update)),
                        "CSeq"))
                .isEqualTo("3 UPDATE");
        assertThat(call.told).doesNotContain(EndedBy.SIGNALLING);
    }

    @Test
    void shouldRefreshByReInviteWhereTheOtherSideDoesNotTakeUpdate() {
        answer("Session-Expires: 2;refresher=uac");
        String refresh = peer.receive(again(2));

        assertThat(refresh).contains("m=audio 4000 RTP/AVP 0 8 101\r\n");
        peer.answerWith(refresh, "200 OK", "a", RawPeer.SESSION, SDP, "Session-Expires: 1800;refresher=uas");
        assertThat(header(peer.receive(ack(2)), "To")).endsWith(";tag=a");
        peer.answerWith(refresh, "200 OK", "a", RawPeer.SESSION, SDP, "Session-Expires: 1800;refresher=uas");
        peer.receive(ack(2));
        assertThat(call.told).contains("media at 39000").doesNotContain(EndedBy.SIGNALLING);
    }

    @Test
    void shouldRefreshByReInviteOnceUpdateWasRefused() {
        answer("Session-Expires: 4;refresher=uac", UPDATES);
        peer.answer(peer.receive("UPDATE "), "501 Not Implemented", "a");

        assertThat(header(peer.receive(again(3)), "Session-Expires")).isEqualTo("4;refresher=uac");
    }

    @Test
    void shouldNotTakeAnOfferWhileItsOwnIsUnderWay() {
        answer("Session-Expires: 2;refresher=uac");
        peer.receive(again(2));
        peer.requestWithin(invite, "a", "INVITE", 50, RawPeer.SESSION);

        assertThat(peer.receive("SIP/2.0 ")).startsWith("SIP/2.0 491");
    }

    @Test
    void shouldRefreshAgainWhenBothSidesDidAtOnce() {
        answer("Session-Expires: 8;refresher=uac", UPDATES);
        String update = peer.receive("UPDATE ");
        peer.answer(update, "491 Request Pending", "a");

        peer.receive(message -> message.startsWith("UPDATE ") && !sameRequest(message, update));
    }

    @Test
    void shouldHangUpWhenARefreshFindsNoCallAnyMore() {
        answer("Session-Expires: 2;refresher=uac", UPDATES);
        peer.answer(peer.receive("UPDATE "), "481 Call/Transaction Does Not Exist", "a");

        String bye = peer.receive("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=408;text=\"refresh: status 481\"");
        assertThat(call.await(EndedBy.class)).isEqualTo(EndedBy.SIGNALLING);
    }

    // ---- they refresh

    @Test
    void shouldHangUpWhenTheOtherSideDoesNotRefresh() {
        answer("Session-Expires: 2;refresher=uas", UPDATES);

        String bye = peer.receive("BYE ");
        assertThat(header(bye, "Reason")).isEqualTo("SIP;cause=408;text=\"the other side did not refresh in 2 s\"");
        assertThat(call.await(EndedBy.class)).isEqualTo(EndedBy.SIGNALLING);
    }

    @Test
    void shouldAnswerARefreshAndWaitForTheNext() {
        answer("Session-Expires: 5;refresher=uas", UPDATES);
        String answer = refresh("UPDATE", "Supported: timer\r\nSession-Expires: 300;refresher=uac\r\n");

        assertThat(answer).startsWith("SIP/2.0 200");
        assertThat(header(answer, "Session-Expires")).isEqualTo("300;refresher=uac");
        assertThat(header(answer, "Require")).isEqualTo("timer");
        assertThat(peer.isSilent("BYE ", 4_000)).isTrue();
    }

    @Test
    void shouldRefreshItselfForAPeerThatDoesNotKnowTheTimer() {
        answer("X: 1", UPDATES);
        String answer = refresh("INVITE", "Session-Expires: 2\r\n");

        assertThat(header(answer, "Session-Expires")).isEqualTo("2;refresher=uas");
        assertThat(answer).doesNotContain("Require:");
        peer.receive("UPDATE ");
    }

    @Test
    void shouldRefuseAnIntervalThatIsTooShort() {
        answer("X: 1");
        String answer = refresh("UPDATE", "Supported: timer\r\nSession-Expires: 60\r\n");

        assertThat(answer).startsWith("SIP/2.0 422 Session Interval Too Small");
        assertThat(header(answer, "Min-SE")).isEqualTo("90");
    }

    @Test
    void shouldTakeARequestThatRequiresTheTimer() {
        answer("X: 1");

        assertThat(refresh("UPDATE", "Require: timer\r\nSupported: timer\r\nSession-Expires: 300;refresher=uac\r\n"))
                .startsWith("SIP/2.0 200");
    }

    @Test
    void shouldNeitherRefreshNorWatchWhereNoneWasAgreedOn() {
        answer(UPDATES);

        assertThat(refresh("UPDATE", "")).doesNotContain("Session-Expires");
    }

    private void answer(String... headers) {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = SDP;
        peer.answerWith(invite, "200 OK", "a", RawPeer.SESSION, all);
        peer.receive("ACK ");
        call.await(RemoteAudio.class);
    }

    /** @return the answer to a request within the call that has those headers */
    private String refresh(String method, String headers) {
        peer.requestWithin(invite, "a", method, 50, "", headers);
        return peer.receive(message ->
                message.startsWith("SIP/2.0") && header(message, "CSeq").equals("50 " + method));
    }

    private static boolean sameRequest(String one, String other) {
        return header(one, "CSeq").equals(header(other, "CSeq"));
    }

    private static Predicate<String> again(int sequence) {
        return message ->
                message.startsWith("INVITE ") && header(message, "CSeq").equals(sequence + " INVITE");
    }

    private static Predicate<String> ack(int sequence) {
        return message -> message.startsWith("ACK ") && header(message, "CSeq").equals(sequence + " ACK");
    }
}
