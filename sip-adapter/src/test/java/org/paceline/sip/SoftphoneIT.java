package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallConnected;
import org.paceline.dialer.event.Event.LineLost;
import org.paceline.dialer.event.Event.LineOpened;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.audio.Likeness;
import org.paceline.sip.auth.DigestAlgorithm;
import org.paceline.sip.registrar.PhoneAccount;
import org.paceline.sip.registrar.PhoneStatus;
import org.paceline.sip.registrar.RegistrarSettings;

/** Softphones that register as agents, and a customer who is joined with them. */
@Timeout(120)
class SoftphoneIT {

    private static final AgentId ALICE = new AgentId("agent-alice");
    private static final AgentAddress ADDRESS = new AgentAddress("sip:alice@paceline.example");
    private static final String PASSWORD = "secret-word";
    private static final List<PhoneAccount> ACCOUNTS = List.of(new PhoneAccount(ALICE, "alice", PASSWORD));
    /** Debian's baresip 1.0 gives up where SHA-256 is named, and tries again after half a minute. */
    private static final RegistrarSettings WITH_MD5 =
            new RegistrarSettings("paceline", List.of(DigestAlgorithm.MD5), 60, 3_600, 4, 5, ACCOUNTS);

    private static final RegistrarSettings REGISTRAR = new RegistrarSettings(
            "paceline", List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), 60, 3_600, 4, 5, ACCOUNTS);
    private static final short[] CUSTOMER = Likeness.babble(1, 16_000);
    private static final short[] AGENT = Likeness.babble(2, 16_000);

    private static Softphone phone(String program, TelephonyFixture dialer, String password) throws IOException {
        return switch (program) {
            case "baresip" -> Softphone.baresip(dialer.telephony.port(), "alice", password, AGENT);
            case "linphone" -> Softphone.linphone(dialer.telephony.port(), "alice", password, AGENT);
            default -> throw new IllegalArgumentException(program);
        };
    }

    private static List<PhoneStatus> phones(TelephonyFixture dialer) {
        return dialer.telephony.registrar().statuses().getOrDefault(ALICE, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"baresip", "linphone"})
    void shouldRegisterAndBeHeardAndHear(String program) throws Exception {
        try (RawPeer trunk = new RawPeer();
                CustomerVoice customer = new CustomerVoice(CUSTOMER);
                TelephonyFixture dialer =
                        TelephonyFixture.withRegistrar(trunk.port(), program.equals("baresip") ? WITH_MD5 : REGISTRAR);
                Softphone phone = phone(program, dialer, PASSWORD)) {
            dialer.telephony.openLine(ALICE, ADDRESS);
            dialer.await(LineLost.class);
            dialer.await(LineOpened.class);
            assertThat(phones(dialer)).hasSize(1);

            CallId call = dialer.dial();
            String invite = trunk.receive("INVITE");
            trunk.answerWith(invite, "200 OK", "c1", customer.session(), "Content-Type: application/sdp");
            dialer.await(CallAnswered.class);
            dialer.telephony.connect(call, ALICE);
            customer.start(invite);
            dialer.await(CallConnected.class);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Likeness.of(AGENT, customer.heard()) > 0.9);
            int soFar = customer.heard().length;
            Awaitility.await().until(() -> customer.heard().length > soFar + 16_000);
            dialer.telephony.hangUp(call, HangUpCause.AGENT_HUNG_UP);
            phone.quit();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(phone::hasEnded);
            if (program.equals("baresip")) { // linphone 5.1 may end before it has un-registered
                Awaitility.await().until(() -> phones(dialer).isEmpty());
            }
            assertThat(Likeness.of(CUSTOMER, phone.heard())).isGreaterThan(0.9);
            assertThat(dialer.events.of(LineLost.class)).hasSizeGreaterThan(1);
        }
    }
}
