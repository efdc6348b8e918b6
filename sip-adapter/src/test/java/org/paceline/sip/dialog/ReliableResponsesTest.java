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
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.sip.RawPeer;
import org.paceline.sip.dialog.CallFailure.Kind;
import org.paceline.sip.dialog.SipExtensions.Reliable;
import org.paceline.sip.sdp.RemoteAudio;

/** Provisional responses that are sent reliably (RFC 3262). */
@Timeout(60)
class ReliableResponsesTest {

    private static final String PROGRESS = "183 Session Progress";
    private static final String REQUIRED = "Require: 100rel";

    private DialogCall call;
    private RawPeer peer;

    @BeforeEach
    void start() throws IOException {
        call = new DialogCall(SipExtensions.USUAL);
        peer = call.peer;
    }

    @AfterEach
    void stop() {
        call.close();
    }

    @Test
    void shouldAcknowledgeAReliableResponse() {
        String invite = call.start();
        assertThat(header(invite, "Supported")).contains("100rel");
        reliably(invite, "a", 7_000);

        String prack = peer.receive("PRACK ");
        assertThat(prack).startsWith("PRACK sip:peer@127.0.0.1:" + peer.port() + " SIP/2.0\r\n");
        assertThat(header(prack, "RAck")).isEqualTo("7000 1 INVITE");
        assertThat(header(prack, "CSeq")).isEqualTo("2 PRACK");
        assertThat(header(prack, "To")).endsWith(";tag=a");
        assertThat(header(prack, "Call-ID")).isEqualTo(header(invite, "Call-ID"));
        assertThat(call.await(String.class)).isEqualTo("progress");
    }

    @Test
    void shouldAcknowledgeInOrderAndARepetitionOnce() {
        String invite = call.start();
        reliably(invite, "a", 1);
        acknowledged("1 1 INVITE", "a");
        reliably(invite, "a", 1);
        reliably(invite, "a", 3);
        assertThat(peer.isSilent("PRACK ", 400))
                .as("neither a repetition nor a gap")
                .isTrue();

        reliably(invite, "a", 2);
        acknowledged("2 1 INVITE", "a");
        reliably(invite, "a", 3);
        acknowledged("3 1 INVITE", "a");
    }

    @Test
    void shouldKeepTheBranchesOfAForkedCallApart() {
        String invite = call.start();
        reliably(invite, "a", 100);
        acknowledged("100 1 INVITE", "a");
        reliably(invite, "b", 1);
        acknowledged("1 1 INVITE", "b");
        reliably(invite, "a", 101);
        acknowledged("101 1 INVITE", "a");
        peer.answerWithSession(invite, "200 OK", "b");

        assertThat(header(peer.receive("ACK "), "To")).endsWith(";tag=b");
        call.await(RemoteAudio.class);
        call.call.hangUp();
        String bye = peer.receive("BYE ");
        assertThat(header(bye, "To")).endsWith(";tag=b");
        assertThat(header(bye, "CSeq")).isEqualTo("3 BYE");
    }

    @Test
    void shouldNotTakeAnUnreliableResponseForAReliableOne() {
        String invite = call.start();
        peer.answer(invite, PROGRESS, "a", "RSeq: 1");
        peer.answer(invite, "180 Ringing", "a", REQUIRED);

        assertThat(peer.isSilent("PRACK ", 400)).isTrue();
        assertThat(call.told).containsExactly("progress", "rings");
    }

    // ---- sessions

    @Test
    void shouldTakeTheAnswerInAReliableResponseAndNoneBehindIt() {
        String invite = call.start();
        reliably(invite, "a", 1, DialogCall.session(39_100));
        acknowledged("1 1 INVITE", "a");
        reliably(invite, "a", 2, DialogCall.session(39_200));
        acknowledged("2 1 INVITE", "a");
        peer.answerWithSession(invite, "200 OK", "a");

        peer.receive("ACK ");
        assertThat(call.answeredPort()).isEqualTo(39_100);
    }

    @Test
    void shouldGiveUpACallWhoseReliableAnswerItCannotSpeak() {
        String invite = call.start();
        reliably(invite, "a", 1, RawPeer.SESSION.replace("RTP/AVP 0 101", "RTP/AVP 18"));
        acknowledged("1 1 INVITE", "a");
        peer.answer(peer.receive("CANCEL "), "200 OK", "a");
        peer.answer(invite, "487 Request Terminated", "a");

        peer.receive("ACK ");
        CallFailure failure = call.await(CallFailure.class);
        assertThat(failure.kind()).isEqualTo(Kind.GIVEN_UP);
        assertThat(failure.detail()).startsWith("answer in 183: no common codec");
    }

    // ---- a PRACK that is refused

    @Test
    void shouldCancelACallWhosePrackIsRefused() {
        String invite = call.start();
        reliably(invite, "a", 1);
        peer.answer(peer.receive("PRACK "), "481 Call/Transaction Does Not Exist", "a");
        peer.answer(peer.receive("CANCEL "), "200 OK", "a");
        peer.answer(invite, "487 Request Terminated", "a");

        peer.receive("ACK ");
        CallFailure failure = call.await(CallFailure.class);
        assertThat(failure.kind()).isEqualTo(Kind.GIVEN_UP);
        assertThat(failure.detail()).isEqualTo("PRACK: status 481");
        assertThat(call.calls.open()).isZero();
    }

    @Test
    void shouldTellOfTheRefusalThatCrossesTheCancelAfterARefusedPrack() {
        String invite = call.start();
        reliably(invite, "a", 1);
        peer.answer(peer.receive("PRACK "), "481 Call/Transaction Does Not Exist", "a");
        peer.receive("CANCEL ");
        peer.answer(invite, "486 Busy Here", "a");

        CallFailure failure = call.await(CallFailure.class);
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.cause().sipStatus()).isEqualTo(486);
    }

    @Test
    void shouldKeepAnAnsweredCallWhosePrackIsRefused() {
        String invite = call.start();
        reliably(invite, "a", 1);
        String prack = peer.receive("PRACK ");
        peer.answerWithSession(invite, "200 OK", "a");
        peer.receive("ACK ");
        peer.answer(prack, "481 Call/Transaction Does Not Exist", "a");

        assertThat(peer.isSilent("BYE ", 400)).isTrue();
        assertThat(call.told).hasSize(2).last().isInstanceOf(RemoteAudio.class);
    }

    // ---- CANCEL and 2xx around it

    @Test
    void shouldAcknowledgeAReliableResponseThatComesAfterTheCancel() {
        String invite = call.start();
        peer.answer(invite, "100 Trying", "");
        call.call.cancel();
        reliably(invite, "a", 1);

        acknowledged("1 1 INVITE", "a");
        peer.answer(peer.receive("CANCEL "), "200 OK", "a");
        peer.answer(invite, "487 Request Terminated", "a");
        assertThat(call.await(CallFailure.class).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void shouldAcknowledgeTheReliableResponseThatItsCancelWaitedFor() {
        String invite = call.start();
        call.call.cancel();
        reliably(invite, "a", 1);

        peer.receive("CANCEL ");
        acknowledged("1 1 INVITE", "a");
    }

    @Test
    void shouldHangUpALateAnswerBehindItsPrack() {
        String invite = call.start();
        reliably(invite, "a", 1);
        acknowledged("1 1 INVITE", "a");
        call.call.cancel();
        peer.receive("CANCEL ");
        peer.answerWithSession(invite, "200 OK", "a");

        assertThat(header(peer.receive("ACK "), "CSeq")).isEqualTo("1 ACK");
        assertThat(header(peer.receive("BYE "), "CSeq")).isEqualTo("3 BYE");
        assertThat(call.await(CallFailure.class).kind()).isEqualTo(Kind.ANSWERED_LATE);
    }

    @Test
    void shouldTakeAnAnswerThatComesBeforeThePrackIsAnswered() {
        String invite = call.start();
        reliably(invite, "a", 1, RawPeer.SESSION);
        String prack = peer.receive("PRACK ");
        peer.answer(invite, "200 OK", "a");

        peer.receive("ACK ");
        call.await(RemoteAudio.class);
        peer.answer(prack, "200 OK", "a");
        call.call.hangUp();
        assertThat(header(peer.receive("BYE "), "CSeq")).isEqualTo("3 BYE");
    }

    @Test
    void shouldSendWithinTheAnsweredDialogByTheRouteOfTheAnswer() {
        String invite = call.start();
        reliably(invite, "a", 1);
        acknowledged("1 1 INVITE", "a");
        String route = "<sip:127.0.0.1:" + peer.port() + ";lr;hop=2>";
        peer.answerWith(invite, "200 OK", "a", RawPeer.SESSION, SDP, "Record-Route: " + route);

        assertThat(header(peer.receive("ACK "), "Route")).isEqualTo(route);
    }

    // ---- what is asked for

    @Test
    void shouldRequireReliableResponsesWhereTheTrunkMustSendThem() throws IOException {
        try (DialogCall strict = new DialogCall(new SipExtensions(Reliable.REQUIRE, 0))) {
            assertThat(header(strict.start(), "Require")).isEqualTo("100rel");
        }
    }

    @Test
    void shouldOfferNothingWhereTheTrunkIsToSendNoneAndAcknowledgeWhatItSendsAllTheSame() throws IOException {
        try (DialogCall plain = new DialogCall(new SipExtensions(Reliable.OFF, 0))) {
            String invite = plain.start();
            assertThat(invite).doesNotContain("100rel");
            plain.peer.answer(invite, PROGRESS, "a", REQUIRED, "RSeq: 5");

            assertThat(header(plain.peer.receive("PRACK "), "RAck")).isEqualTo("5 1 INVITE");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFER", "REQUIRE"})
    void shouldSayThatItSupportsThem(Reliable reliable) throws IOException {
        try (DialogCall each = new DialogCall(new SipExtensions(reliable, 0))) {
            assertThat(header(each.start(), "Supported")).isEqualTo("100rel");
        }
    }

    private void reliably(String invite, String tag, int sequence) {
        peer.answer(invite, PROGRESS, tag, REQUIRED, "RSeq: " + sequence);
    }

    private void reliably(String invite, String tag, int sequence, String session) {
        peer.answerWith(invite, PROGRESS, tag, session, REQUIRED, "RSeq: " + sequence, SDP);
    }

    private void acknowledged(String rack, String tag) {
        String prack = peer.receive("PRACK ");
        assertThat(header(prack, "RAck")).isEqualTo(rack);
        assertThat(header(prack, "To")).endsWith(";tag=" + tag);
        peer.answer(prack, "200 OK", tag);
    }
}
