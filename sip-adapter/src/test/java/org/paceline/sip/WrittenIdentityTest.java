package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.rules.NumberNotation;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.identity.IdentityTerms;
import org.paceline.sip.identity.IdentityTerms.CallerIdHeader;
import org.paceline.sip.identity.IdentityTerms.Privacy;
import org.paceline.sip.identity.NumberForm;
import org.paceline.sip.identity.NumberFormat;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.sip.trunk.TrunkAccount;

/** A whole call over a trunk that wants much written otherwise. */
@Timeout(60)
class WrittenIdentityTest {
    private static final TrunkIdentity IDENTITY = new TrunkIdentity(
            new NumberFormat(
                    new NumberForm(NumberNotation.NATIONAL, NumberNotation.NATIONAL, "77#"), Map.of(), "US", true),
            new IdentityTerms(
                    null,
                    "sip.carrier.example",
                    "A \\ \"B\" <sip:c@d>; Ünal",
                    CallerIdHeader.P_ASSERTED_IDENTITY,
                    Privacy.NONE,
                    13055550199L));

    private RawPeer peer;
    private TelephonyFixture dialer;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer();
        TrunkAccount account = new TrunkAccount(new Credentials("acct1", "secret-word", ""), null);
        dialer = TelephonyFixture.withIdentity(peer.port(), IDENTITY, account);
    }

    @AfterEach
    void stop() {
        dialer.close();
        peer.close();
    }

    @Test
    void shouldRepeatFromInEveryRequestOfTheCall() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answerWithSession(invite, "200 OK", "a");
        String ack = peer.receive("ACK ");
        dialer.await(CallAnswered.class);
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        String bye = peer.receive("BYE ");
        peer.answer(bye, "200 OK", "a");

        String from = RawPeer.header(invite, "From");
        assertThat(from)
                .startsWith("\"A \\\\ \\\"B\\\" <sip:c@d>; \u00c3\u009cnal\""
                        + " <sip:3055550100@sip.carrier.example;user=phone>;tag=");
        assertThat(RawPeer.header(ack, "From")).isEqualTo(from);
        assertThat(RawPeer.header(bye, "From")).isEqualTo(from);
        assertThat(RawPeer.header(bye, "To"))
                .isEqualTo("<sip:77%233055550123@127.0.0.1:" + peer.port() + ";user=phone>;tag=a");
    }

    @Test
    void shouldRepeatItInTheInviteThatAnswersAChallenge() {
        dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answer(
                invite,
                "401 Unauthorized",
                "a",
                "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n1\", qop=\"auth\"");
        String again = peer.receive(message -> message.startsWith("INVITE ") && message.contains("CSeq: 2 "));

        assertThat(again.lines().findFirst()).isEqualTo(invite.lines().findFirst());
        for (String name : List.of("From", "To", "P-Asserted-Identity", "Diversion")) {
            assertThat(RawPeer.header(again, name)).isEqualTo(RawPeer.header(invite, name));
        }
        assertThat(RawPeer.header(again, "Authorization"))
                .contains("uri=\"sip:77%233055550123@127.0.0.1:" + peer.port() + ";user=phone\"");
    }

    @Test
    void shouldRepeatFromWhenItAcknowledgesAReliableResponse() {
        dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "180 Ringing", "a", "Require: 100rel", "RSeq: 1");

        assertThat(RawPeer.header(peer.receive("PRACK "), "From")).isEqualTo(RawPeer.header(invite, "From"));
    }

    @Test
    void shouldFollowARedirectionThatRepeatsTheNumberAsItWasWritten() throws IOException {
        try (RawPeer second = new RawPeer()) {
            dialer.dial();
            redirect("77%233055550123", second.port());

            assertThat(second.receive("INVITE "))
                    .startsWith("INVITE sip:77%233055550123@127.0.0.1:" + second.port() + " SIP/2.0");
        }
    }

    @Test
    void shouldFollowARedirectionToTheSameNumberInE164() throws IOException {
        try (RawPeer second = new RawPeer()) {
            dialer.dial();
            redirect("+13055550123", second.port());

            assertThat(second.receive("INVITE ")).startsWith("INVITE sip:+13055550123@127.0.0.1:");
        }
    }

    @Test
    void shouldNotFollowARedirectionToAnotherNationalNumber() {
        dialer.dial();
        redirect("77%233055550124", peer.port());

        assertThat(dialer.await(CallFailed.class).cause().sipStatus()).isEqualTo(302);
    }

    @Test
    void shouldLeaveAgentsPhonesAsTheyAre() throws IOException {
        try (RawPeer phone = new RawPeer()) {
            dialer.telephony.openLine(new AgentId("alice"), new AgentAddress("sip:alice@127.0.0.1:" + phone.port()));

            String invite = phone.receive("INVITE ");
            assertThat(invite)
                    .startsWith("INVITE sip:alice@127.0.0.1:" + phone.port() + " SIP/2.0")
                    .doesNotContain("P-Asserted-Identity", "Diversion", "Privacy", "user=phone", "carrier.example");
            assertThat(RawPeer.header(invite, "From")).startsWith("<sip:paceline@127.0.0.1:");
        }
    }

    private void redirect(String user, int port) {
        peer.answerWith(
                peer.receive("INVITE "),
                "302 Moved Temporarily",
                "a",
                "",
                "Contact: <sip:" + user + "@127.0.0.1:" + port + ">");
    }
}
