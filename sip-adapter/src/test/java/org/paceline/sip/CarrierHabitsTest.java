package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;

/** What carriers do that is right, or that they will not change. */
@Timeout(60)
class CarrierHabitsTest {
    private static final String SDP = "Content-Type: application/sdp";

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

    // ---- sessions

    @Test
    void shouldTakeASessionThatComesWithIsup() {
        CallId call = dialer.dial();
        String body = "--b\r\nContent-Type: application/isup;version=itu-t92+\r\n\r\n\u0009\u0001\r\n"
                + "--b\r\nContent-Type: application/sdp\r\n\r\n" + RawPeer.SESSION + "\r\n--b--\r\n";
        peer.answerWith(peer.receive("INVITE "), "200 OK", "a", body, "Content-Type: multipart/mixed;boundary=\"b\"");

        assertIsUp(call);
    }

    @Test
    void shouldTakeASessionThatCameInThe183Only() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answerWith(invite, "183 Session Progress", "a", RawPeer.SESSION, SDP);
        peer.answer(invite, "200 OK", "a");

        assertIsUp(call);
    }

    @Test
    void shouldNotTakeTheSessionOfAnotherBranch() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answerWith(invite, "183 Session Progress", "a", RawPeer.SESSION, SDP);
        peer.answer(invite, "200 OK", "b");

        assertIsHungUpOn(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r\n\r\n"})
    void shouldTakeASessionBehindBlankLines(String before) {
        CallId call = dialer.dial();
        peer.answerWith(peer.receive("INVITE "), "200 OK", "a", before + RawPeer.SESSION, SDP);

        assertIsUp(call);
    }

    @Test
    void shouldTakeASessionWhoseLinesEndInALineFeed() {
        CallId call = dialer.dial();
        String session = RawPeer.SESSION.replace("\r", "");
        peer.answerWith(peer.receive("INVITE "), "200 OK", "a", session, "Content-Type: Application/SDP;charset=utf-8");

        assertIsUp(call);
    }

    @Test
    void shouldTakeASessionWhoseAddressIsAName() {
        CallId call = dialer.dial();
        String session = RawPeer.SESSION.replace("c=IN IP4 127.0.0.1", "c=IN IP4 localhost");
        peer.answerWith(peer.receive("INVITE "), "200 OK", "a", session, SDP);

        assertIsUp(call);
    }

    @Test
    void shouldCountAsPickedUpWhoNamesAHostThatDoesNotResolve() {
        CallId call = dialer.dial();
        String session = RawPeer.SESSION.replace("c=IN IP4 127.0.0.1", "c=IN IP4 no-such-host.invalid");
        peer.answerWith(peer.receive("INVITE "), "200 OK", "a", session, SDP);

        assertIsHungUpOn(call);
    }

    @Test
    void shouldCountAsPickedUpWhoAnswersWithASessionThatWeCannotSpeak() {
        CallId call = dialer.dial();
        String session = RawPeer.SESSION.replace("RTP/AVP 0 101", "RTP/AVP 18");
        peer.answerWith(peer.receive("INVITE "), "200 OK", "a", session, SDP);

        assertIsHungUpOn(call);
    }

    private void assertIsUp(CallId call) {
        peer.receive("ACK ");
        assertThat(dialer.await(CallAnswered.class)).isEqualTo(new CallAnswered(call));
    }

    private void assertIsHungUpOn(CallId call) {
        peer.receive("ACK ");
        peer.receive("BYE ");
        assertThat(dialer.await(CallFailed.class))
                .isEqualTo(new CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(200), true, Fault.TRUNK));
    }

    // ---- ringing

    @Test
    void shouldTellOfProgressOnceAndOfTheRingOnce() {
        CallId call = dialer.dial();
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "183 Session Progress", "a");
        peer.answer(invite, "181 Call Is Being Forwarded", "a");
        peer.answer(invite, "183 Session Progress", "b");
        peer.answer(invite, "180 Ringing", "a");
        peer.answer(invite, "183 Session Progress", "a");
        peer.answer(invite, "180 Ringing", "b");
        peer.answer(invite, "486 Busy Here", "a");

        peer.receive("ACK ");
        dialer.await(CallFailed.class);
        assertThat(dialer.events.of(CallRinging.class))
                .isEqualTo(List.of(new CallRinging(call, false), new CallRinging(call, true)));
    }

    @Test
    void shouldCountTheRingFrom180() {
        dialer.dial(1_500);
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "183 Session Progress", "a");
        assertThat(peer.isSilent("CANCEL ", 1_000)).isTrue();
        peer.answer(invite, "180 Ringing", "a");

        assertThat(peer.isSilent("CANCEL ", 1_200)).isTrue();
        peer.receive("CANCEL ");
    }

    @Test
    void shouldCountTheRingFrom183WhereNo180Comes() {
        dialer.dial(500);
        String invite = peer.receive("INVITE ");
        peer.answer(invite, "183 Session Progress", "a");

        peer.receive("CANCEL ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Trying", "181 Call Is Being Forwarded", "182 Queued"})
    void shouldNotCountTheRingBeforeAPhoneRings(String status) {
        dialer.dial(300);
        peer.answer(peer.receive("INVITE "), status, "a");

        assertThat(peer.isSilent("CANCEL ", 1_500)).isTrue();
    }

    // ---- caller IDs

    @ParameterizedTest
    @ValueSource(strings = {"608 Rejected", "603 Network Blocked"})
    void shouldTellOfBlockedCallerIdAndBlameTheTrunk(String status) {
        CallId call = dialer.dial();
        peer.answer(peer.receive("INVITE "), status, "a");

        CallCause cause = CallCause.ofStatus(Integer.parseInt(status.substring(0, 3)));
        assertThat(dialer.await(CallFailed.class))
                .isEqualTo(new CallFailed(call, Outcome.TRUNK_FAILED, cause, false, Fault.TRUNK, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"607 Unwanted", "603 Decline", "403 Forbidden"})
    void shouldNotTakeOtherRefusalsForABlockedCallerId(String status) {
        dialer.dial();
        peer.answer(peer.receive("INVITE "), status, "a");

        assertThat(dialer.await(CallFailed.class).callerIdBlocked()).isFalse();
    }

    // ---- redirections

    @Test
    void shouldFollowARedirectionToTheTrunksOwnHost() throws IOException {
        try (RawPeer second = new RawPeer()) {
            CallId call = dialer.dial();
            redirect("302 Moved Temporarily", "+13055550123", second.port());
            String invite = second.receive("INVITE ");
            assertThat(invite).startsWith("INVITE sip:+13055550123@127.0.0.1:" + second.port());
            second.answer(invite, "486 Busy Here", "b");

            second.receive("ACK ");
            assertThat(dialer.await(CallFailed.class))
                    .isEqualTo(new CallFailed(call, Outcome.BUSY, CallCause.ofStatus(486), false));
        }
    }

    @Test
    void shouldNotFollowARedirectionToAnotherNumber() {
        dialer.dial();
        redirect("302 Moved Temporarily", "+13055550199", peer.port());

        assertIsTheTrunksFault(302);
    }

    @Test
    void shouldNotFollowARedirectionToAStrangersHost() {
        dialer.dial();
        String invite = peer.receive("INVITE ");
        answerTo(invite, "302 Moved Temporarily", "<sip:+13055550123@127.0.0.2:5060>");

        assertIsTheTrunksFault(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "<sip:+13055550123@127.0.0.1:99999>", "<sip:+13055550123@>"})
    void shouldNotFollowARedirectionThatNamesNobody(String contact) {
        dialer.dial();
        String invite = peer.receive("INVITE ");
        answerTo(invite, "302 Moved Temporarily", contact);

        assertIsTheTrunksFault(302);
    }

    @Test
    void shouldFollowNoMoreThanTwoRedirections() {
        dialer.dial();
        for (int i = 0; i < 3; i++) {
            redirect("302 Moved Temporarily", "+13055550123", peer.port());
            peer.receive("ACK ");
        }

        assertIsTheTrunksFault(302);
    }

    private void redirect(String status, String user, int port) {
        answerTo(peer.receive("INVITE "), status, "<sip:" + user + "@127.0.0.1:" + port + ">;q=0.7");
    }

    /** Beside the peer's usual Contact, which names nobody. */
    private void answerTo(String invite, String status, String contact) {
        peer.answerWith(invite, status, "a", "", "Contact: " + contact);
    }

    private void assertIsTheTrunksFault(int status) {
        CallFailed failed = dialer.await(CallFailed.class);
        assertThat(failed.cause().sipStatus()).isEqualTo(status);
        assertThat(failed.fault()).isEqualTo(Fault.TRUNK);
    }
}
