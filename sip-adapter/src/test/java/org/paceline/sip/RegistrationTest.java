package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.sip.RawPeer.header;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.event.Event.TrunkChanged;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.sip.auth.Credentials;
import org.paceline.sip.trunk.TrunkAccount;

/** A trunk that wants to be told where we are. */
@Timeout(60)
class RegistrationTest {
    private static final String OTHER_CONTACT = "<sip:acct1@192.0.2.9:5062>;expires=3000";

    private static final TrunkAccount ACCOUNT = new TrunkAccount(
            new Credentials("acct1", "secret-word", ""), new TrunkAccount.Registration("carrier.example", 600));

    private RawPeer peer;
    private TelephonyFixture dialer;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer();
        dialer = TelephonyFixture.withAccount(ACCOUNT, peer.port());
    }

    @AfterEach
    void stop() {
        dialer.close();
        peer.close();
    }

    /** A register with that Expires. */
    private String register(int expires) {
        return peer.receive(
                message -> message.startsWith("REGISTER ") && message.contains("Expires: " + expires + "\r"));
    }

    /** Binds our contact, as the registrar lists it, beside that of another phone. */
    private void grant(String register, int seconds) {
        peer.answer(
                register,
                "200 OK",
                "r",
                "Contact: " + OTHER_CONTACT,
                "Contact: " + header(register, "Contact") + ";expires=" + seconds);
    }

    private RegistrationStatus status() {
        return dialer.telephony.registrations().getFirst();
    }

    /** Waits until the trunk was reported so, whatever came after it. */
    private void awaitTrunk(boolean up, String reason) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> dialer.events.of(TrunkChanged.class).stream()
                        .anyMatch(told -> told.up() == up && told.reason().contains(reason)));
    }

    @Test
    void shouldRegisterWithPasswordAndForAsLongAsThePeerWants() {
        String first = register(600);
        assertThat(first).startsWith("REGISTER sip:carrier.example SIP/2.0");
        assertThat(header(first, "To")).isEqualTo("<sip:acct1@carrier.example>");
        assertThat(header(first, "From")).startsWith("<sip:acct1@carrier.example>;tag=");
        assertThat(header(first, "Contact")).startsWith("<sip:acct1@127.0.0.1:" + dialer.telephony.port() + ">");
        awaitTrunk(false, "not registered");

        peer.answer(first, "401 Unauthorized", "r", "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\", qop=\"auth\"");
        String second = peer.receive(message -> message.startsWith("REGISTER ") && message.contains("nc=00000001"));
        assertThat(header(second, "CSeq")).isEqualTo("2 REGISTER");
        assertThat(header(second, "Call-ID")).isEqualTo(header(first, "Call-ID"));
        assertThat(status().registered()).isFalse();

        peer.answer(second, "423 Interval Too Brief", "r", "Min-Expires: 7200");
        String third = register(7200);
        assertThat(header(third, "Authorization")).contains("nc=00000002");
        grant(third, 7200);

        awaitTrunk(true, "registered");
        assertThat(status().registered()).isTrue();
        assertThat(status().secondsLeft()).isBetween(7_100L, 7_200L);
    }

    @Test
    void shouldRefreshBeforeTheTimeIsOverAndEndItAtTheStop() {
        grant(register(600), 2);
        awaitTrunk(true, "registered");
        String refresh = peer.receive(message -> message.startsWith("REGISTER ") && message.contains("CSeq: 2 "));
        grant(refresh, 900);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status().secondsLeft() > 800);

        dialer.telephony.close();
        String last = register(0);
        assertThat(header(last, "Contact")).startsWith("<sip:acct1@127.0.0.1:");
    }

    @Test
    void shouldTakeTheTrunkDownOnceTheRegistrationEndedWithoutAnAnswer() {
        grant(register(600), 1);
        awaitTrunk(true, "registered");

        awaitTrunk(false, "not registered: registration ended");
        assertThat(status().registered()).isFalse();
    }

    @Test
    void shouldTryAgainWhenThePeerSaid() {
        peer.answer(register(600), "503 Service Unavailable", "r", "Retry-After: 1");
        awaitTrunk(false, "not registered: status 503");

        grant(peer.receive(message -> message.startsWith("REGISTER ") && message.contains("CSeq: 2 ")), 600);
        awaitTrunk(true, "registered");
    }

    @Test
    void shouldTellThatThePasswordIsRefused() {
        String challenge = "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\", qop=\"auth\"";
        peer.answer(register(600), "401 Unauthorized", "r", challenge);
        peer.answer(
                peer.receive(message -> message.startsWith("REGISTER ") && message.contains("CSeq: 2 ")),
                "401 Unauthorized",
                "r",
                challenge);

        awaitTrunk(false, "does not take the user and password of its account");
        assertThat(peer.isSilent("REGISTER ", 700)).isTrue();
    }

    @Test
    void shouldRegisterAtTheNextAddressWhenOneDoesNotTakeIt() throws IOException {
        try (RawPeer first = new RawPeer();
                RawPeer second = new RawPeer();
                TelephonyFixture two = TelephonyFixture.withAccount(ACCOUNT, first.port(), second.port())) {
            first.answer(first.receive("REGISTER "), "503 Service Unavailable", "r", "Retry-After: 60");
            String register = second.receive("REGISTER ");
            second.answer(register, "200 OK", "r", "Contact: " + header(register, "Contact") + ";expires=" + 600);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> two.telephony.registrations().getFirst().registered());

            two.telephony.close();
            assertThat(second.receive(message -> message.startsWith("REGISTER ") && message.contains("Expires: 0\r")))
                    .isNotEmpty();
            assertThat(first.isSilent("REGISTER ", 300)).isTrue();
        }
    }

    @Test
    void shouldLeaveTheRegistrationToTheTrunkThatTakesItsPlace() {
        grant(register(600), 600);
        awaitTrunk(true, "registered");
        dialer.changeFailover(5_000);
        String next = peer.receive("REGISTER ");
        grant(next, 900);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status().secondsLeft() > 800);

        assertThat(header(next, "Expires")).isEqualTo("600");
        assertThat(peer.isSilent("REGISTER ", 300)).isTrue();
    }

    @Test
    void shouldEndTheRegistrationOfATrunkThatIsThereNoMore() {
        grant(register(600), 600);
        awaitTrunk(true, "registered");
        dialer.telephony.trunks(List.of());

        register(0);
        assertThat(dialer.telephony.registrations()).isEmpty();
    }

    @Test
    void shouldNotBelieveAnAnswerWithoutOurContact() {
        peer.answer(register(600), "200 OK", "r", "Contact: " + OTHER_CONTACT);

        awaitTrunk(false, "status 200 without our contact");
    }
}
