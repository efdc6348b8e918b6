package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallNotSent;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;

/** One call at a time against a peer that does what carriers do at bad moments. */
@Timeout(60)
class CallRacesTest {

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
    void shouldOfferWhatItIsAskedToDial() {
        dialer.dial();

        String invite = peer.receive("INVITE ");
        assertThat(invite).startsWith("INVITE sip:+13055550123@127.0.0.1:" + peer.port() + " SIP/2.0\r\n");
        assertThat(RawPeer.header(invite, "From")).startsWith("<sip:+13055550100@callerid.example>;tag=");
        assertThat(RawPeer.header(invite, "P-Asserted-Identity")).isEqualTo("<sip:+13055550100@callerid.example>");
        assertThat(RawPeer.header(invite, "User-Agent")).isEqualTo("Paceline");
        assertThat(RawPeer.header(invite, "Via")).contains(";rport");
        assertThat(invite).contains(" RTP/AVP 0 8 101\r\n").contains("a=sendrecv\r\n");
    }

    @Test
    void shouldWaitForAProvisionalResponseBeforeItCancels() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        dialer.telephony.cancel(call);
        assertThat(peer.isSilent("CANCEL ", 700)).isTrue();

        peer.answer(invite, "100 Trying", "a");
        String cancel = peer.receive("CANCEL ");
        assertThat(RawPeer.header(cancel, "Via")).isEqualTo(RawPeer.header(invite, "Via"));
        peer.answer(cancel, "200 OK", "a");
        peer.answer(invite, "487 Request Terminated", "a");

        peer.receive("ACK ");
        assertThat(dialer.await(CallFailed.class))
                .isEqualTo(new CallFailed(call, Outcome.CANCELLED, CallCause.ofStatus(487), false));
    }

    @Test
    void shouldHangUpAnAnswerThatComesInsteadOfTheProvisionalResponse() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        dialer.telephony.cancel(call);
        peer.answerWithSession(invite, "200 OK", "a");

        peer.receive("ACK ");
        String bye = peer.receive("BYE ");
        peer.answer(bye, "200 OK", "a");
        assertThat(dialer.await(CallFailed.class))
                .isEqualTo(new CallFailed(call, Outcome.CANCELLED, CallCause.ofStatus(200), true));
    }

    @Test
    void shouldHangUpAnAnswerThatComesAfterTheCallWasTerminated() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "180 Ringing", "a");
        dialer.await(CallRinging.class);
        dialer.telephony.cancel(call);
        peer.answer(peer.receive("CANCEL "), "200 OK", "a");
        peer.answer(invite, "487 Request Terminated", "a");
        dialer.await(CallFailed.class);
        peer.receive("ACK ");

        peer.answerWithSession(invite, "200 OK", "b");
        assertThat(RawPeer.header(peer.receive("ACK "), "To")).endsWith(";tag=b");
        String bye = peer.receive("BYE ");
        assertThat(RawPeer.header(bye, "To")).endsWith(";tag=b");
        peer.answer(bye, "200 OK", "b");

        peer.answerWithSession(invite, "200 OK", "b");
        peer.receive("ACK ");
        assertThat(peer.isSilent("BYE ", 700)).isTrue();
        assertThat(dialer.events.endings()).isEqualTo(1);
    }

    @Test
    void shouldHangUpAnAnswerThatIsRepeatedAfterTheCallWasHungUp() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answerWithSession(invite, "200 OK", "a");
        dialer.await(CallAnswered.class);
        peer.receive("ACK ");
        peer.requestWithin(invite, "a", "BYE", 1, "");
        peer.receive("SIP/2.0 200");
        assertThat(dialer.await(CallHungUp.class)).isEqualTo(new CallHungUp(call, HungUpBy.CUSTOMER, CallCause.NONE));

        peer.answerWithSession(invite, "200 OK", "a");
        peer.receive("ACK ");
        peer.receive("BYE ");
    }

    @Test
    void shouldReportRingingOnceAndIgnoreWhatComesAfterTheEnd() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        for (String tag : new String[] {"a", "b", "a"}) {
            peer.answer(invite, "180 Ringing", tag);
            peer.answer(invite, "183 Session Progress", tag);
        }
        peer.answer(invite, "486 Busy Here", "a", "Reason: Q.850;cause=17", "Retry-After: 30 (lunch)");
        peer.receive("ACK ");
        dialer.await(CallFailed.class);
        peer.answer(invite, "180 Ringing", "a");
        peer.answer(invite, "486 Busy Here", "a");
        peer.receive("ACK ");

        assertThat(dialer.events.of(call))
                .containsExactly(
                        new CallRinging(call), new CallFailed(call, Outcome.BUSY, new CallCause(486, 17, 30), false));
    }

    @Test
    void shouldEndACallOnceWhenBothHangUp() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answerWithSession(invite, "200 OK", "a");
        dialer.await(CallAnswered.class);
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        peer.requestWithin(invite, "a", "BYE", 1, "");

        String bye = peer.receive("BYE ");
        peer.receive("SIP/2.0 200");
        peer.answer(bye, "481 Call/Transaction Does Not Exist", "a");
        Awaitility.await().until(() -> dialer.counter("open_calls") == 0);
        assertThat(dialer.events.endings()).isEqualTo(1);
    }

    @Test
    void shouldAnswerNewOffersAndHold() {
        dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answerWithSession(invite, "200 OK", "a");
        dialer.await(CallAnswered.class);
        peer.receive("ACK ");

        peer.requestWithin(invite, "a", "INVITE", 10, RawPeer.SESSION + "a=sendonly\r\n");
        String held = peer.receive("SIP/2.0 200");
        assertThat(held).contains("a=recvonly\r\n").contains("Contact: ");
        assertThat(peer.receive("SIP/2.0 200"))
                .as("repeated until it is acknowledged")
                .isEqualTo(held);
        peer.requestWithin(invite, "a", "ACK", 10, "");

        peer.requestWithin(invite, "a", "UPDATE", 11, RawPeer.SESSION);
        assertThat(peer.receive("SIP/2.0 200")).contains("a=sendrecv\r\n");
        peer.requestWithin(invite, "a", "INVITE", 12, "");
        assertThat(peer.receive("SIP/2.0 200")).contains("m=audio ").contains(" RTP/AVP 0 8 101\r\n");
        peer.requestWithin(invite, "a", "ACK", 12, RawPeer.SESSION);
        peer.requestWithin(invite, "a", "INVITE", 13, RawPeer.SESSION.replace("RTP/AVP 0 101", "RTP/AVP 18"));
        peer.receive("SIP/2.0 488");
        peer.requestWithin(invite, "a", "ACK", 13, "");
        peer.requestWithin(invite, "a", "OPTIONS", 14, "");
        assertThat(peer.receive("SIP/2.0 200")).contains("Allow: ");
        peer.requestWithin(invite, "a", "REFER", 15, "");
        peer.receive("SIP/2.0 405");
        peer.requestWithin(invite, "other", "INFO", 16, "");
        peer.receive("SIP/2.0 481");
        assertThat(dialer.events.endings()).isZero();
    }

    @Test
    void shouldFollowTheRecordedRoute() throws IOException {
        try (RawPeer proxy = new RawPeer()) {
            CallId call = dialer.dial();
            String invite = peer.receive("INVITE ");
            String route = "<sip:127.0.0.1:" + proxy.port() + ";lr>";
            peer.answerWith(
                    invite,
                    "200 OK",
                    "a",
                    RawPeer.SESSION,
                    "Content-Type: application/sdp",
                    "Record-Route: <sip:192.0.2.1;lr>",
                    "Record-Route: " + route);
            dialer.await(CallAnswered.class);

            String ack = proxy.receive("ACK ");
            assertThat(ack).startsWith("ACK sip:peer@127.0.0.1:" + peer.port() + " SIP/2.0\r\n");
            assertThat(RawPeer.header(ack, "Route")).startsWith(route);
            dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
            proxy.answer(proxy.receive("BYE "), "200 OK", "a");
        }
    }

    @Test
    void shouldNotSendACallOverATrunkThatIsNotKnown() {
        CallId call = new CallId(77);
        dialer.telephony.dial(call, TelephonyFixture.order(new TrunkId("elsewhere"), 1_000));

        assertThat(dialer.await(CallNotSent.class)).isEqualTo(new CallNotSent(call, NotSent.NO_ADDRESS));
    }
}
