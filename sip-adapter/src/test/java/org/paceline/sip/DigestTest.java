package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.sip.RawPeer.header;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.trunk.TrunkAccount;

/** Calls to a trunk that asks for a password. */
@Timeout(60)
class DigestTest {
    private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n1\", qop=\"auth\"";

    private RawPeer peer;
    private TelephonyFixture dialer;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer();
        dialer = TelephonyFixture.withAccount(
                new TrunkAccount(new Credentials("acct1", "secret-word", ""), null), peer.port());
    }

    @AfterEach
    void stop() {
        dialer.close();
        peer.close();
    }

    @Test
    void shouldAnswerTheChallengesOfInviteAndBye() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "401 Unauthorized", "a", CHALLENGE);
        peer.receive("ACK ");
        String again = peer.receive(message -> message.startsWith("INVITE ") && message.contains("CSeq: 2 "));

        assertThat(invite).doesNotContain("Authorization:");
        assertThat(header(again, "Authorization"))
                .startsWith("Digest ")
                .contains("username=\"acct1\"", "realm=\"carrier\"", "nc=00000001", "uri=\"" + uri(again) + "\"");
        assertThat(header(again, "Call-ID")).isEqualTo(header(invite, "Call-ID"));
        assertThat(header(again, "From")).isEqualTo(header(invite, "From"));
        assertThat(header(again, "To")).doesNotContain("tag=");
        assertThat(header(again, "Via")).isNotEqualTo(header(invite, "Via"));

        peer.answerWithSession(again, "200 OK", "a");
        String ack = peer.receive("ACK ");
        assertThat(header(ack, "CSeq")).isEqualTo("2 ACK");
        assertThat(header(ack, "Authorization")).isEqualTo(header(again, "Authorization"));

        dialer.await(CallAnswered.class);
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        String bye = peer.receive("BYE ");
        assertThat(header(bye, "CSeq")).isEqualTo("3 BYE");
        assertThat(header(bye, "Authorization")).contains("nc=00000002");
        peer.answer(bye, "401 Unauthorized", "a", CHALLENGE.replace("n1", "n2") + ", stale=true");
        String byeAgain = peer.receive(message -> message.startsWith("BYE ") && message.contains("CSeq: 4 "));
        assertThat(header(byeAgain, "Authorization")).contains("nonce=\"n2\"", "nc=00000001");
        peer.answer(byeAgain, "200 OK", "a");
        assertThat(dialer.events.of(CallHungUp.class)).hasSize(1);
    }

    @Test
    void shouldSendThePasswordUnaskedToATrunkThatAskedBefore() {
        dialer.dial();
        String first = peer.receive("INVITE ");
        peer.answer(first, "401 Unauthorized", "a", CHALLENGE);
        peer.answer(
                peer.receive(message -> message.startsWith("INVITE ") && message.contains("CSeq: 2 ")),
                "486 Busy Here",
                "a");
        dialer.await(CallFailed.class);
        dialer.dial();

        String second = peer.receive(message -> message.startsWith("INVITE ")
                && message.contains("CSeq: 1 ")
                && !header(message, "Call-ID").equals(header(first, "Call-ID")));
        assertThat(header(second, "Authorization")).contains("nonce=\"n1\"", "nc=00000002");
    }

    @Test
    void shouldAnswerAProxyAndItsServer() {
        dialer.dial();
        peer.answer(
                peer.receive("INVITE "),
                "407 Proxy Authentication Required",
                "a",
                "Proxy-Authenticate: Digest realm=\"edge\", nonce=\"p\", algorithm=SHA-256, qop=\"auth\"");
        peer.answer(peer.receive(message -> message.contains("CSeq: 2 INVITE")), "401 Unauthorized", "b", CHALLENGE);
        String third = peer.receive(message -> message.contains("CSeq: 3 INVITE"));

        assertThat(header(third, "Proxy-Authorization")).contains("\"edge\"", "algorithm=SHA-256", "nc=00000002");
        assertThat(header(third, "Authorization")).contains("\"carrier\"");
    }

    @Test
    void shouldLeaveTheTrunkAloneForAWhileWhenItDoesNotTakeThePassword() {
        CallId call = dialer.dial();
        peer.answer(peer.receive("INVITE "), "401 Unauthorized", "a", CHALLENGE);
        peer.answer(
                peer.receive(message -> message.contains("CSeq: 2 INVITE")),
                "401 Unauthorized",
                "a",
                CHALLENGE.replace("n1", "n2"));

        assertThat(dialer.await(CallFailed.class))
                .isEqualTo(
                        new CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(401), false, Fault.TRUNK, false));
        TrunkChanged told = dialer.events.of(TrunkChanged.class).getLast();
        assertThat(told.blockedMillis()).isBetween(50_000L, 60_000L);
        assertThat(told.reason()).isEqualTo("status 401: realm 'carrier' does not take user acct1 with its password");
    }

    @Test
    void shouldNotCallAgainWhenItWasCancelledMeanwhile() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "100 Trying", "");
        dialer.telephony.cancel(call);
        peer.answer(peer.receive("CANCEL "), "200 OK", "a");
        peer.answer(invite, "401 Unauthorized", "a", CHALLENGE);
        peer.receive("ACK ");

        assertThat(dialer.await(CallFailed.class).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(peer.isSilent("INVITE ", 700)).isTrue();
    }

    private static String uri(String request) {
        return request.split(" ", 3)[1];
    }
}
