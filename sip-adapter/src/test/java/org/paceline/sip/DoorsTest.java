package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.trunk.TrunkAddress;

/** Who may say what to us, and what is answered. */
@Timeout(60)
class DoorsTest {

    private static final String TAG = "far";

    private RawPeer trunk;
    private RawPeer other;
    private TelephonyFixture dialer;

    @BeforeEach
    void start() throws IOException {
        trunk = new RawPeer();
        other = new RawPeer("127.0.0.2");
        dialer = new TelephonyFixture("127.0.0.1", trunk.port());
    }

    @AfterEach
    void stop() {
        dialer.close();
        other.close();
        trunk.close();
    }

    // ---- within a call

    @Test
    void shouldEndTheCallWhenItsByeComesFromAnotherAddress() {
        String invite = answered();
        other.requestWithin(invite, TAG, "BYE", 1, "");

        assertThat(other.receive("SIP/2.0 ")).startsWith("SIP/2.0 200");
        assertThat(dialer.await(CallHungUp.class).by()).isEqualTo(HungUpBy.CUSTOMER);
    }

    @Test
    void shouldAnswerTheByeAgainWhenItComesAgain() {
        String invite = answered();
        for (int i = 1; i <= 3; i++) {
            String bye = other.requestWithin(invite, TAG, "BYE", i, "");
            assertThat(other.receive("SIP/2.0 ")).startsWith(i == 1 ? "SIP/2.0 200" : "SIP/2.0 481");
            other.send(bye, dialer.telephony.port());
            assertThat(other.receive("SIP/2.0 ")).startsWith(i == 1 ? "SIP/2.0 200" : "SIP/2.0 481");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE", "OPTIONS", "INFO"})
    void shouldTakeAnyRequestOfTheCallFromAnotherAddress(String method) {
        String invite = answered();
        other.requestWithin(invite, TAG, method, 7, method.equals("INVITE") ? RawPeer.SESSION : "");

        assertThat(other.receive("SIP/2.0 ")).startsWith("SIP/2.0 200");
    }

    @Test
    void shouldNotLetAStrangerEndTheCall() {
        String invite = answered();
        String callId = RawPeer.header(invite, "Call-ID");
        String ours = RawPeer.header(invite, "From");
        String otherFirst = callId.startsWith("0") ? "1" : "0";
        other.requestWithin(invite, "guessed", "BYE", 1, "");
        other.requestWithin(invite.replace(ours, ours + "0"), TAG, "BYE", 2, "");
        other.requestWithin(invite.replace(callId, otherFirst + callId.substring(1)), TAG, "BYE", 3, "");
        other.requestWithin(invite.replace(callId, callId.substring(0, 20)), TAG, "BYE", 4, "");

        dialer.awaitCounter("dropped_requests", 3);
        assertThat(other.isSilent("", 200)).isTrue();
        assertThat(dialer.events.of(CallHungUp.class)).isEmpty();
        trunk.requestWithin(invite, "guessed", "BYE", 5, "");
        assertThat(trunk.receive("SIP/2.0 ")).startsWith("SIP/2.0 481");
        trunk.requestWithin(invite, TAG, "BYE", 6, "");
        assertThat(trunk.receive("SIP/2.0 ")).startsWith("SIP/2.0 200");
    }

    @Test
    void shouldLetInWhomTheContactNamesAsLongAsTheCallLives() {
        other.send(request("OPTIONS", "early", ""), dialer.telephony.port());
        dialer.awaitCounter("dropped_requests", 1);
        String invite = answered("Contact: <sip:gw@127.0.0.2:" + other.port() + ">");
        other.receive("ACK sip:gw@127.0.0.2:" + other.port());
        other.send(request("OPTIONS", "within", ""), dialer.telephony.port());
        assertThat(other.receive("SIP/2.0 ")).startsWith("SIP/2.0 200");

        other.requestWithin(invite, TAG, "BYE", 1, "");
        other.receive("SIP/2.0 200");
        dialer.await(CallHungUp.class);
        other.send(request("OPTIONS", "late", ""), dialer.telephony.port());
        dialer.awaitCounter("dropped_requests", 2);
        assertThat(other.isSilent("", 100)).isTrue();
    }

    @Test
    void shouldTakeAnAnswerFromAnotherAddress() {
        CallId call = dialer.dial();
        other.answerWithSession(trunk.receive("INVITE "), "200 OK", TAG);

        assertThat(dialer.await(CallAnswered.class).call()).isEqualTo(call);
    }

    @Test
    void shouldNotTakeAnAnswerWithAnotherNumberOrCall() {
        CallId call = dialer.dial();
        String invite = trunk.receive("INVITE ");
        trunk.answerWithSession(invite.replace("CSeq: 1 INVITE", "CSeq: 2 INVITE"), "200 OK", TAG);
        trunk.answerWithSession(invite.replace("CSeq: 1 INVITE", "CSeq: 1 BYE"), "200 OK", TAG);
        String callId = RawPeer.header(invite, "Call-ID");
        trunk.answerWithSession(invite.replace(callId, "x" + callId), "200 OK", TAG);
        trunk.answerWithSession(invite.replace("z9hG4bK", "z9hG4bK0"), "200 OK", TAG);

        dialer.awaitCounter("stray_responses", 4);
        assertThat(trunk.isSilent("ACK ", 200)).isTrue();
        assertThat(dialer.events.of(CallAnswered.class)).isEmpty();
        trunk.answerWithSession(invite, "200 OK", TAG);
        assertThat(dialer.await(CallAnswered.class).call()).isEqualTo(call);
    }

    @Test
    void shouldTakeAnAnswerOf60KilobytesWhole() {
        dialer.dial();
        String[] trace = new String[550];
        java.util.Arrays.fill(trace, "X-Trace: " + "a".repeat(90));
        trace[trace.length - 1] = "Content-Type: application/sdp";
        trunk.answerWith(trunk.receive("INVITE "), "200 OK", TAG, RawPeer.SESSION, trace);

        dialer.await(CallAnswered.class);
        trunk.receive("ACK ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:gw-77@127.0.0.1:%d;x-tiu=\"VGhkczo6JV==\">",
                "<sip:gw-78@127.0.0.1:%d;ob>",
                "<sip:+13055550203;postd=pp22@127.0.0.1:%d;user=phone>",
                "<sip:127.0.0.1:%d>",
            })
    void shouldAddressWhatTheContactNames(String form) {
        String contact = form.formatted(trunk.port());
        String uri = contact.substring(1, contact.length() - 1);
        answered("Contact: " + contact);
        assertThat(trunk.receive("ACK ")).startsWith("ACK " + uri + " SIP/2.0\r\n");
        dialer.telephony.hangUp(dialer.await(CallAnswered.class).call(), HangUpCause.ABANDONED);

        assertThat(trunk.receive("BYE ")).startsWith("BYE " + uri + " SIP/2.0\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "*", "<sip:gw@127.0.0.1:99999>"})
    void shouldAddressTheTrunkWhenThereIsNoContact(String contact) {
        answered("Contact: " + contact);

        assertThat(trunk.receive("ACK ")).startsWith("ACK sip:127.0.0.1:" + trunk.port() + " SIP/2.0\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sip:127.0.0.1:99999;lr>", "*", "<sip:;lr>", "<sip:gateway.example;lr>", "<tel:+1>"})
    void shouldAcknowledgeAnAnswerWhoseRecordRouteCannotBeReached(String route) {
        answered("Contact: <sip:gw@127.0.0.1:" + trunk.port() + ">\r\nRecord-Route: " + route);

        assertThat(trunk.receive("ACK ")).startsWith("ACK sip:gw@127.0.0.1:" + trunk.port() + " SIP/2.0\r\n");
    }

    @Test
    void shouldSendWhereMaddrSays() {
        answered("Contact: <sip:gw@gateway.example:" + other.port() + ";maddr=127.0.0.2;transport=tcp>");

        other.receive("ACK sip:gw@gateway.example:" + other.port() + ";");
    }

    @Test
    void shouldRefuseAnExtensionWithinTheCallButNeverABye() {
        String invite = answered();
        String info = trunk.requestWithin(invite, TAG, "INFO", 1, "");
        trunk.receive("SIP/2.0 200");
        trunk.send(
                info.replace("CSeq: 1", "CSeq: 2")
                        .replace("branch=z9hG4bK", "branch=z9hG4bK2")
                        .replace("Max-Forwards", "Require: foo\r\nMax-Forwards"),
                dialer.telephony.port());
        assertThat(trunk.receive("SIP/2.0 ")).startsWith("SIP/2.0 420").contains("Unsupported: foo\r\n");
        trunk.send(
                info.replace("INFO", "BYE")
                        .replace("CSeq: 1", "CSeq: 3")
                        .replace("branch=z9hG4bK", "branch=z9hG4bK3")
                        .replace("Max-Forwards", "Require: foo\r\nMax-Forwards"),
                dialer.telephony.port());

        assertThat(trunk.receive("SIP/2.0 ")).startsWith("SIP/2.0 200");
    }

    // ---- outside of calls

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, 200, Allow: INVITE",
        "INVITE, 480, Server:",
        "NOTIFY, 481, Server:",
        "BYE, 481, Server:",
        "CANCEL, 481, Server:",
        "PRACK, 481, Server:",
        "UPDATE, 481, Server:",
        "INFO, 481, Server:",
        "REGISTER, 405, Allow: INVITE",
        "SUBSCRIBE, 405, Allow: INVITE",
        "REFER, 405, Allow: INVITE",
        "MESSAGE, 405, Allow: INVITE",
        "PUBLISH, 405, Allow: INVITE",
        "FOO, 501, Allow: INVITE",
    })
    void shouldAnswerEveryRequestOfAPeer(String method, int status, String header) {
        String contact = "Contact: <sip:a@127.0.0.1>\r\nEvent: x\r\nSubscription-State: active\r\n";
        trunk.send(request(method, "c1", contact), dialer.telephony.port());

        assertThat(trunk.receive("SIP/2.0 ")).startsWith("SIP/2.0 " + status).contains(header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x@127.0.0.1 SIP/2.0|x@127.0.0.1 SIP/3.0|505 Version Not Supported",
                "sip:x@127.0.0.1 SIP/2.0|tel:+13055550123 SIP/2.0|416 Unsupported URI Scheme",
                "CSeq: 1 OPTIONS|CSeq: 1 INVITE|400 CSeq Names Another Method",
                "CSeq: 1 OPTIONS|CSeq: -1 OPTIONS|400 Bad CSeq",
                "CSeq: 1 OPTIONS|X: y|400 Missing CSeq",
                "Call-ID: |X: |400 Missing Call-ID",
                "Content-Length: 0|Content-Length: 1|400 Content-Length Beyond The Datagram",
                "Content-Length: 0|Content-Length: -1|400 Bad ContentLength",
                "Content-Length: 0|Content-Length: 99999999999|400 Bad ContentLength",
                "OPTIONS sip:|OPTIONS <sip:|400 Bad RequestLine",
                "OPTIONS sip:|OPTIONS |400 ",
                "Max-Forwards: 70|Max-Forwards: 0|200 OK",
                "Max-Forwards: 70|Require: foo, bar|420 Bad",
                "OPTIONS|INVITE|400 Missing Header Field",
                "OPTIONS|PUBLISH|400 Missing Header Field",
            })
    void shouldSayWhatIsWrongWithARequest(String part, String instead, String status) {
        trunk.send(request("OPTIONS", "odd", "").replace(part, instead), dialer.telephony.port());

        String reply = trunk.receive("SIP/2.0 ");
        assertThat(reply).startsWith("SIP/2.0 " + status);
        assertThat(reply.replace("\r\n", ""))
                .doesNotContain("\n")
                .doesNotContain("Exception")
                .doesNotContain("null");
        if (status.startsWith("420")) {
            assertThat(reply).contains("foo").contains("bar").contains("Unsupported: ");
        }
    }

    @Test
    void shouldGiveNothingAwayByWhichAStrangerComesIn() {
        trunk.send(request("INVITE", "no-contact", ""), dialer.telephony.port());
        String refused = trunk.receive("SIP/2.0 400");
        trunk.send(request("OPTIONS", "bad", "").replace("CSeq: 1", "CSeq: x"), dialer.telephony.port());
        String malformed = trunk.receive("SIP/2.0 400");
        for (String reply : List.of(refused, malformed)) {
            String tag = RawPeer.header(reply, "To").replaceAll(".*;tag=", "");
            other.send(request("OPTIONS", tag, "").replace("CSeq: 1", "CSeq: x"), dialer.telephony.port());
        }

        dialer.awaitCounter("dropped_requests", 2);
        assertThat(dialer.counter("malformed_messages")).isEqualTo(1);
    }

    @Test
    void shouldKnowItsOwnCallsAndMergedRequestsForLoops() {
        dialer.dial();
        String invite = trunk.receive("INVITE ");
        trunk.send(
                invite.replaceFirst(
                        "Via: ", "Via: SIP/2.0/UDP 127.0.0.1:" + trunk.port() + ";branch=z9hG4bKloop\r\nVia: "),
                dialer.telephony.port());
        assertThat(trunk.receive("SIP/2.0 ")).startsWith("SIP/2.0 482");

        String merged = request("INVITE", "merged", "Contact: <sip:a@127.0.0.1>\r\n");
        trunk.send(merged, dialer.telephony.port());
        assertThat(trunk.receive("SIP/2.0 ")).startsWith("SIP/2.0 480");
        trunk.send(merged.replace("branch=z9hG4bK", "branch=z9hG4bKother"), dialer.telephony.port());
        assertThat(trunk.receive("SIP/2.0 482")).contains("merged");
    }

    @Test
    void shouldPlaceCallsWhileAPeerFloods() {
        for (int i = 0; i < 20_000; i++) {
            trunk.send(request(i % 2 == 0 ? "OPTIONS" : "REGISTER", "flood" + i, ""), dialer.telephony.port());
        }
        CallId call = dialer.dial();
        String invite = trunk.receive("INVITE ");
        trunk.answer(invite, "180 Ringing", TAG);
        assertThat(dialer.await(CallRinging.class).call()).isEqualTo(call);
        trunk.answerWithSession(invite, "200 OK", TAG);
        dialer.await(CallAnswered.class);

        dialer.awaitCounter("limited_messages", 10_000);
    }

    @Test
    void shouldAskTheTrunkWithoutAUserNull() throws IOException {
        try (RawPeer asked = new RawPeer();
                TelephonyFixture asking =
                        new TelephonyFixture("127.0.0.1", asked.port(), TrunkAddress.Probe.OPTIONS, 60_000)) {
            String options = asked.receive("OPTIONS ");
            assertThat(options)
                    .startsWith("OPTIONS sip:127.0.0.1:" + asked.port() + " SIP/2.0")
                    .doesNotContain("null");
            asked.answer(options, "200 OK", TAG);
            Awaitility.await().until(() -> List.of(0L, 1L).contains(asking.counter("open_transactions")));
        }
    }

    private String answered(String... contact) {
        dialer.dial();
        String invite = trunk.receive("INVITE ");
        if (contact.length == 0) {
            trunk.answerWithSession(invite, "200 OK", TAG);
        } else {
            trunk.answerWithContact(invite, TAG, contact[0]);
        }
        dialer.await(CallAnswered.class);
        return invite;
    }

    private String request(String method, String callId, String more) {
        return method + " sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + trunk.port()
                + ";rport;branch=z9hG4bK" + callId + "\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: <sip:x@127.0.0.1>\r\n"
                + "Call-ID: " + callId + "\r\nCSeq: 1 " + method + "\r\nMax-Forwards: 70\r\n" + more
                + "Content-Length: 0\r\n\r\n";
    }
}
