package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.paceline.sip.RawPeer.header;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.event.Event.AgentAnswered;
import org.paceline.dialer.event.Event.AgentLost;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallConnected;
import org.paceline.dialer.event.Event.LineLost;
import org.paceline.dialer.event.Event.LineOpened;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;

/** Agents' phones that fall silent: muted, without power, started anew. They send no RTP at all here. */
@Timeout(60)
class LostPhoneTest {

    private static final AgentId AGENT = new AgentId("alice");
    private static final long TIMEOUT_MILLIS = 2_000;

    private RawPeer phone;
    private RawPeer carrier;
    private TelephonyFixture dialer;

    @BeforeEach
    void start() throws IOException {
        phone = new RawPeer();
        carrier = new RawPeer();
        dialer = TelephonyFixture.withPhoneTimeout(carrier.port(), TIMEOUT_MILLIS);
    }

    @AfterEach
    void stop() {
        dialer.close();
        phone.close();
        carrier.close();
    }

    @Test
    void shouldCallAPhoneAnewThatNeitherSendsNorAnswers() {
        String invite = givenLine();
        assertThat(header(phone.receive("OPTIONS "), "Call-ID")).isEqualTo(header(invite, "Call-ID"));

        assertThat(dialer.await(LineLost.class).reason()).contains("answers no OPTIONS");
        assertThat(header(phone.receive("BYE "), "Call-ID")).isEqualTo(header(invite, "Call-ID"));
        String again = phone.receive("INVITE ");
        phone.answerWithSession(again, "200 OK", "b");
        phone.receive("ACK ");
        dialer.awaitCounter("phones_lost", 1);
        assertThat(dialer.events.of(LineOpened.class)).hasSize(2);
    }

    @Test
    void shouldCallAPhoneAnewThatHasForgottenTheCall() {
        givenLine();
        phone.answer(phone.receive("OPTIONS "), "481 Call Does Not Exist", "x");

        assertThat(dialer.await(LineLost.class).reason()).isEqualTo("the phone does not know the call any more");
    }

    @Test
    void shouldTellOfAJoinOnlyOnceTheQuietPhoneHasAnswered() {
        givenLine();
        CallId customer = givenCustomer();
        dialer.telephony.connect(customer, AGENT);
        String question = phone.receive("OPTIONS ");
        assertThat(dialer.events.of(CallConnected.class)).isEmpty();

        phone.answer(question, "200 OK", "a");
        assertThat(dialer.await(CallConnected.class).call()).isEqualTo(customer);
        assertThat(dialer.events.of(LineLost.class)).isEmpty();
    }

    @Test
    void shouldNeverTellOfAJoinWithADeadPhone() {
        givenLine();
        CallId customer = givenCustomer();
        dialer.telephony.connect(customer, AGENT);

        dialer.await(LineLost.class);
        assertThat(dialer.events.of(CallConnected.class)).isEmpty();
        assertThat(dialer.events.endings()).as("the customer is still there").isZero();
    }

    @Test
    void shouldTakeAPhoneOnHoldOffTheLineForCustomersUntilItComesBack() {
        String invite = givenLine();
        CallId customer = givenCustomer();
        phone.requestWithin(invite, "a", "INVITE", 10, RawPeer.SESSION + "a=sendonly\r\n");
        assertThat(phone.receive("SIP/2.0 200")).contains("a=recvonly");
        phone.requestWithin(invite, "a", "ACK", 10, "");
        dialer.telephony.connect(customer, AGENT);

        assertThat(dialer.await(LineLost.class).reason()).isEqualTo("the phone has the line on hold");
        phone.requestWithin(invite, "a", "INVITE", 11, RawPeer.SESSION);
        assertThat(phone.receive("SIP/2.0 200")).contains("a=sendrecv");
        phone.requestWithin(invite, "a", "ACK", 11, "");
        await().until(() -> dialer.events.of(LineOpened.class).size() == 2);
        assertThat(dialer.events.of(CallConnected.class)).isEmpty();
    }

    @Test
    void shouldTellOfAPhoneThatIsLostDuringATalkAndKeepTheCustomer() {
        CallId customer = givenCustomer();
        AgentRing ring = new AgentRing(1, customer, AGENT);
        dialer.telephony.ringAgent(ring, new AgentAddress("sip:alice@127.0.0.1:" + phone.port(), LineKind.PER_CALL));
        phone.answerWithSession(phone.receive("INVITE "), "200 OK", "a");
        dialer.await(AgentAnswered.class);

        AgentLost lost = dialer.await(AgentLost.class);
        assertThat(lost.ring()).isEqualTo(ring);
        assertThat(lost.reason()).contains("answers no OPTIONS");
        assertThat(dialer.events.endings()).isZero();
    }

    private String givenLine() {
        dialer.telephony.openLine(AGENT, new AgentAddress("sip:alice@127.0.0.1:" + phone.port()));
        String invite = phone.receive("INVITE ");
        phone.answerWithSession(invite, "200 OK", "a");
        dialer.await(LineOpened.class);
        return invite;
    }

    private CallId givenCustomer() {
        CallId customer = dialer.dial();
        carrier.answerWithSession(carrier.receive("INVITE "), "200 OK", "c");
        dialer.await(CallAnswered.class);
        return customer;
    }
}
