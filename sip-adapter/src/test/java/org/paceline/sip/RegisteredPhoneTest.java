package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.event.Event.LineLost;
import org.paceline.dialer.event.Event.LineOpened;
import org.paceline.dialer.id.AgentId;
import org.paceline.sip.registrar.PhoneAccount;
import org.paceline.sip.registrar.RegistrarSettings;

/** Phones that register, on the wire. */
@Timeout(60)
class RegisteredPhoneTest {

    private static final AgentId ALICE = new AgentId("agent-alice");
    private static final RegistrarSettings SETTINGS =
            RegistrarSettings.NONE.withAccounts(List.of(new PhoneAccount(ALICE, "alice", "secret-1")));

    private TelephonyFixture dialer;
    private RawPeer phone;
    private String host = "10.0.0.7";
    private int sequence;

    @BeforeEach
    void start() throws IOException {
        dialer = TelephonyFixture.withRegistrar(9, SETTINGS);
        phone = new RawPeer("127.0.0.2"); // a stranger, unlike the trunk
    }

    @AfterEach
    void close() {
        phone.close();
        dialer.close();
    }

    private String register(String user, String contact, String more) {
        sequence++;
        return "REGISTER sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.7:5060;rport;branch=z9hG4bKr" + sequence
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:" + user + "@127.0.0.1>;tag=1\r\nTo: <sip:" + user
                + "@127.0.0.1>\r\nCall-ID: reg-1\r\nCSeq: " + sequence + " REGISTER\r\nContact: " + contact
                + "\r\n" + more + "Content-Length: 0\r\n\r\n";
    }

    /** Registers with a contact that leads nowhere, as from behind a NAT. */
    private String register(String parameters) {
        String contact = "<sip:alice@" + host + ":5060>" + parameters;
        phone.send(register("alice", contact, ""), dialer.telephony.port());
        String challenge = phone.receive("SIP/2.0 401");
        String nonce = find(challenge, "nonce=\"([^\"]+)\"");
        String secret = sha256("alice:" + find(challenge, "realm=\"([^\"]+)\"") + ":secret-1");
        String response = sha256(secret + ":" + nonce + ":00000001:c1:auth:" + sha256("REGISTER:sip:127.0.0.1"));
        phone.send(
                register(
                        "alice",
                        contact,
                        "Authorization: Digest username=\"alice\", realm=\"paceline\", nonce=\"" + nonce
                                + "\", uri=\"sip:127.0.0.1\", response=\"" + response
                                + "\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"c1\"\r\n"),
                dialer.telephony.port());
        return phone.receive("SIP/2.0 200");
    }

    private static String find(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldBeSilentToStrangersUntilTheyAskForAnAccount() {
        int port = dialer.telephony.port();
        phone.send("\r\n\r\n", port);
        phone.send(register("mallory", "<sip:mallory@10.0.0.7>", ""), port);
        phone.send(register("alice", "<sip:alice@10.0.0.7>", "").replace("REGISTER", "OPTIONS"), port);
        phone.send(register("alice", "<sip:alice@10.0.0.7>", "").replace("Max-Forwards", "Bad Header\r\nX"), port);
        assertThat(phone.receive("SIP/2.0 ")).startsWith("SIP/2.0 401").contains("CSeq: 3 REGISTER");
    }

    @Test
    void shouldCallAPhoneBehindANatWhereItRegisteredFrom() {
        dialer.telephony.openLine(ALICE, new AgentAddress("sip:alice@127.0.0.1"));
        assertThat(dialer.await(LineLost.class).reason()).isEqualTo("no phone of the agent is registered");

        assertThat(register("")).contains("<sip:alice@10.0.0.7:5060>;expires=3600");
        String invite = phone.receive("INVITE");
        assertThat(invite).startsWith("INVITE sip:alice@10.0.0.7:5060 SIP/2.0");
        phone.answerWithContact(invite, "p1", "Contact: <sip:alice@10.0.0.7:5060>");
        assertThat(phone.receive("ACK")).startsWith("ACK sip:alice@10.0.0.7:5060 SIP/2.0");
        dialer.await(LineOpened.class);
        phone.send("\r\n\r\n", dialer.telephony.port());
        assertThat(phone.receive("\r\n")).isEqualTo("\r\n");

        register(";expires=0");

        assertThat(phone.receive("BYE")).startsWith("BYE sip:alice@10.0.0.7:5060 SIP/2.0");
        await().until(() -> dialer.events.of(LineLost.class).contains(new LineLost(ALICE, "the phone un-registered")));
        assertThat(dialer.telephony.registrar().phones(ALICE)).isEmpty();
    }

    @Test
    void shouldCallTheNextPhoneWhereTheFirstRefuses() throws IOException {
        register("");
        try (RawPeer first = phone;
                RawPeer second = new RawPeer("127.0.0.3")) {
            phone = second;
            host = "10.0.0.8";
            register("");
            dialer.telephony.openLine(ALICE, new AgentAddress("sip:alice@127.0.0.1"));

            String invite = second.receive("INVITE");
            second.answer(invite, "486 Busy Here", "p2");
            second.receive("ACK");
            first.answerWithContact(first.receive("INVITE"), "p1", "Contact: <sip:alice@10.0.0.7:5060>");

            dialer.await(LineOpened.class);
        }
    }
}
