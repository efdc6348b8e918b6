package org.paceline.sip.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.id.AgentId;
import org.paceline.sip.dialog.RegisterAnswer;
import org.paceline.sip.stack.PeerAddresses;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipCounters.Counter;

class RegistrarTest {

    private static final AgentId ALICE = new AgentId("agent-alice");
    private static final String CONTACT = "Contact: <sip:alice@192.0.2.10:5071>";
    private static final RegistrarSettings SETTINGS = RegistrarSettings.NONE.withAccounts(List.of(
            new PhoneAccount(ALICE, "alice", "secret-1"),
            new PhoneAccount(new AgentId("agent-bob"), "bob", "secret-2")));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(1)); // it overflows soon
    private final PeerAddresses peers = new PeerAddresses();
    private final SipCounters counters = new SipCounters();
    private final List<String> told = new ArrayList<>();
    private final Registrar registrar = registrar(SETTINGS);
    private final Phone phone = new Phone(registrar, "secret-1");

    private Registrar registrar(RegistrarSettings settings) {
        Registrar made = new Registrar(settings, peers, counters, nanos::get);
        made.tell(new PhonesListener() {
            @Override
            public void came(AgentId agent, Binding phone) {
                told.add("came " + phone.contact().getHost());
            }

            @Override
            public void left(AgentId agent, Binding phone, boolean isTakenBack, String reason) {
                told.add("left " + phone.contact().getHost() + (isTakenBack ? "" : " by time"));
            }
        });
        return made;
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        registrar.lapse();
    }

    private List<PhoneStatus> statuses() {
        return registrar.statuses().getOrDefault(ALICE, List.of());
    }

    private List<String> contacts() {
        return registrar.phones(ALICE).stream()
                .map(each -> each.contact().getHost())
                .toList();
    }

    @Test
    void shouldChallengeWithTheBestAlgorithmFirst() {
        RegisterAnswer answer = phone.send(CONTACT);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(Phone.header(answer, "WWW-Authenticate").lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).contains("algorithm=SHA-256", "qop=\"auth\"", "realm=\"paceline\""),
                        second -> assertThat(second).contains("algorithm=MD5").doesNotContain("stale"));
        assertThat(contacts()).isEmpty();
    }

    @Test
    void shouldAskAPhoneForMd5AloneThatDidNotAnswerTheFirstTime() {
        phone.send(CONTACT);

        assertThat(Phone.header(phone.send(CONTACT), "WWW-Authenticate").lines())
                .singleElement()
                .asString()
                .contains("algorithm=MD5");
        assertThat(phone.register(CONTACT).status()).isEqualTo(200);
        pass(5 * 60);
        assertThat(Phone.header(phone.send(CONTACT), "WWW-Authenticate").lines())
                .singleElement()
                .asString()
                .contains("algorithm=MD5", "stale=true");
    }

    @Test
    void shouldRegisterAPhoneThatHasThePassword() throws UnknownHostException {
        RegisterAnswer answer = phone.register(CONTACT, "Expires: 600");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Phone.header(answer, "Contact")).isEqualTo("Contact: <sip:alice@192.0.2.10:5071>;expires=600");
        assertThat(contacts()).containsExactly("192.0.2.10");
        assertThat(told).containsExactly("came 192.0.2.10");
        assertThat(peers.contains(InetAddress.getByName("192.0.2.10"))).isTrue();
        assertThat(statuses())
                .containsExactly(
                        new PhoneStatus("192.0.2.10:5071", "sip:alice@192.0.2.10:5071", "Test  Phone", 600, false));
    }

    @Test
    void shouldUseItsNonceAgainWithAHigherCount() {
        phone.register(CONTACT);
        pass(60);

        assertThat(phone.send(CONTACT).status()).isEqualTo(200);
        assertThat(told).containsExactly("came 192.0.2.10");
    }

    @Test
    void shouldTakeNoRequestTwice() {
        phone.send();
        phone.register(CONTACT);
        SIPRequest again = phone.request(CONTACT);
        phone.send(again);

        RegisterAnswer replayed = phone.send(again);

        assertThat(replayed.status()).isEqualTo(401);
        assertThat(Phone.header(replayed, "WWW-Authenticate")).contains("stale=true");
        assertThat(counters.value(Counter.REGISTERS_REFUSED)).isZero();
    }

    @Test
    void shouldCallANonceStaleThatIsTooOldOrForAnotherAddress() {
        phone.register(CONTACT);
        pass(5 * 60);
        assertThat(Phone.header(phone.send(CONTACT), "WWW-Authenticate")).contains("stale=true");

        phone.register(CONTACT);
        phone.behind("192.0.2.99", 4_000, "192.0.2.10:5071;rport");
        assertThat(Phone.header(phone.send(CONTACT), "WWW-Authenticate")).contains("stale=true");
        assertThat(phone.register(CONTACT).status()).isEqualTo(200);
        assertThat(counters.value(Counter.REGISTERS_REFUSED)).isZero();
    }

    @Test
    void shouldForgetAPhoneThatDoesNotRefresh() throws UnknownHostException {
        phone.register(CONTACT, "Expires: 60");
        pass(59);
        assertThat(contacts()).hasSize(1);

        pass(1);

        assertThat(contacts()).isEmpty();
        assertThat(told).containsExactly("came 192.0.2.10", "left 192.0.2.10 by time");
        assertThat(peers.contains(InetAddress.getByName("192.0.2.10"))).isFalse();
    }

    @Test
    void shouldForgetAPhoneThatUnRegisters() throws UnknownHostException {
        phone.register(CONTACT);
        phone.register(CONTACT + ";expires=0");

        assertThat(contacts()).isEmpty();
        assertThat(told).containsExactly("came 192.0.2.10", "left 192.0.2.10");
        assertThat(peers.contains(InetAddress.getByName("192.0.2.10"))).isFalse();
    }

    @Test
    void shouldForgetAllPhonesAtContactStar() {
        phone.register(CONTACT);
        new Phone(registrar, "secret-1").at("192.0.2.20", 5_060).register("Contact: <sip:alice@192.0.2.20>");
        assertThat(contacts()).hasSize(2);

        assertThat(phone.register("Contact: *").status()).isEqualTo(400);
        assertThat(phone.register("Contact: *", "Expires: 60").status()).isEqualTo(400);
        assertThat(contacts()).hasSize(2);
        assertThat(phone.register("Contact: *", "Expires: 0").status()).isEqualTo(200);
        assertThat(contacts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"59, 423, -1", "60, 200, 60", "3600, 200, 3600", "86400, 200, 3600"})
    void shouldBoundTheTime(int asked, int status, int granted) {
        RegisterAnswer answer = phone.register(CONTACT, "Expires: " + asked);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Phone.header(answer, "Min-Expires")).isEqualTo(status == 423 ? "Min-Expires: 60" : "");
        assertThat(Phone.header(answer, "Contact"))
                .isEqualTo(granted < 0 ? "" : "Contact: <sip:alice@192.0.2.10:5071>;expires=" + granted);
    }

    @Test
    void shouldListThePhonesForARequestWithoutContact() {
        phone.register(CONTACT);

        assertThat(Phone.header(phone.register(), "Contact")).contains("192.0.2.10");
    }

    @Test
    void shouldPutThePhoneFirstThatCameLast() {
        phone.register(CONTACT);
        pass(1);
        Phone second = new Phone(registrar, "secret-1").at("192.0.2.20", 5_060);
        second.register("Contact: <sip:alice@192.0.2.20>");
        pass(1);
        phone.register(CONTACT);

        assertThat(contacts()).containsExactly("192.0.2.20", "192.0.2.10");
    }

    @Test
    void shouldMakeRoomForANewPhone() {
        for (int i = 1; i <= 5; i++) {
            pass(1);
            new Phone(registrar, "secret-1")
                    .at("192.0.2." + i, 5_060)
                    .register("Contact: <sip:alice@192.0.2." + i + ">");
        }

        assertThat(contacts()).containsExactly("192.0.2.5", "192.0.2.4", "192.0.2.3", "192.0.2.2");
        assertThat(told).endsWith("left 192.0.2.1", "came 192.0.2.5");
    }

    @Test
    void shouldKeepOneRegistrationOfAPhoneThatWasRestarted() {
        String instance = ";+sip.instance=\"<urn:uuid:1>\"";
        phone.register(CONTACT + instance);
        phone.register("Contact: <sip:alice@192.0.2.10:40000>" + instance);

        assertThat(registrar.phones(ALICE)).singleElement().satisfies(only -> {
            assertThat(only.contact().getPort()).isEqualTo(40_000);
            assertThat(only.instance()).isEqualTo("<urn:uuid:1>");
        });
    }

    @Test
    void shouldKeepEachFlowOfAPhone() {
        String instance = ";+sip.instance=\"<urn:uuid:1>\";reg-id=";
        phone.with("Supported: outbound, path");
        phone.register(CONTACT + instance + 1);
        RegisterAnswer answer = phone.register("Contact: <sip:alice@192.0.2.10:5072>" + instance + 2);
        assertThat(registrar.phones(ALICE)).hasSize(2);
        assertThat(Phone.header(answer, "Require")).isEqualTo("Require: outbound");
        assertThat(Phone.header(answer, "Contact")).contains("+sip.instance=\"<urn:uuid:1>\"", "reg-id=1", "reg-id=2");

        phone.register("Contact: <sip:alice@192.0.2.10:5099>" + instance + 2);
        assertThat(registrar.phones(ALICE)).hasSize(2);
    }

    @Test
    void shouldReachAPhoneBehindANatWhereItCameFrom() {
        phone.behind("203.0.113.5", 61_000, "10.0.0.7:5060");
        phone.register("Contact: <sip:alice@10.0.0.7:5060;ob>");

        Binding bound = registrar.phones(ALICE).getFirst();
        assertThat(bound.isSymmetric()).isTrue();
        assertThat(bound.from()).isEqualTo("203.0.113.5:61000");
        assertThat(statuses().getFirst().translated()).isTrue();

        phone.behind("203.0.113.5", 61_007, "10.0.0.7:5060");
        phone.register("Contact: <sip:alice@10.0.0.7:5060;ob>");
        assertThat(registrar.phones(ALICE).getFirst().from()).isEqualTo("203.0.113.5:61007");
        assertThat(told).hasSize(2);
    }

    @Test
    void shouldReachAPhoneAtItsContactThatDoesNotAskForRport() {
        phone.behind("192.0.2.10", 40_000, "192.0.2.10:5071");
        phone.register(CONTACT);

        assertThat(registrar.phones(ALICE).getFirst().isSymmetric()).isFalse();
    }

    @Test
    void shouldKeepThePathAndRepeatItToAPhoneThatKnowsIt() {
        phone.behind("192.0.2.80", 5_060, "192.0.2.80;branch=z9hG4bKp\r\nVia: SIP/2.0/UDP 10.0.0.7:5060");
        String[] headers = {
            CONTACT + ";+sip.instance=\"<urn:uuid:1>\";reg-id=1",
            "Path: <sip:192.0.2.80;lr>, <sip:edge.example;lr;ob>",
            "Supported: path, outbound"
        };
        RegisterAnswer answer = phone.register(headers);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Phone.header(answer, "Path")).contains("<sip:192.0.2.80;lr>", "<sip:edge.example;lr;ob>");
        Binding bound = registrar.phones(ALICE).getFirst();
        assertThat(bound.path()).hasSize(2);
        assertThat(bound.path().getFirst().getHost()).isEqualTo("192.0.2.80");
        assertThat(bound.isSymmetric()).isFalse();

        headers[1] = "Path: <sip:192.0.2.80;lr>";
        assertThat(phone.register(headers).status()).isEqualTo(439);
    }

    @Test
    void shouldRefuseWhatCameLate() {
        phone.register(CONTACT);
        phone.sequence(0);

        RegisterAnswer late = phone.register(CONTACT + ";expires=0");

        assertThat(late.status()).isEqualTo(500);
        assertThat(contacts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"tel:+13055550100", "sips:alice@192.0.2.10", "mailto:alice@example.com"})
    void shouldTakeNoContactThatCannotBeCalled(String contact) {
        assertThat(phone.register("Contact: <" + contact + ">").status()).isEqualTo(400);
    }

    @Test
    void shouldKnowOnlyItsAccounts() {
        assertThat(registrar.expects("alice")).isTrue();
        assertThat(registrar.expects("carol")).isFalse();
        assertThat(phone.as("carol").register(CONTACT).status()).isEqualTo(404);
    }

    @Test
    void shouldNotLetOneAgentRegisterAsAnother() {
        assertThat(phone.as("bob").register(CONTACT).status()).isEqualTo(401);
        assertThat(registrar.phones(new AgentId("agent-bob"))).isEmpty();
    }

    @Test
    void shouldMakeAGuesserWaitButNobodyElse() {
        Phone guesser = new Phone(registrar, "wrong").at("198.51.100.9", 5_060);
        guesser.register(CONTACT);
        for (int i = 0; i < 4; i++) {
            assertThat(guesser.send(CONTACT).status()).isEqualTo(401);
        }
        Phone owner = new Phone(registrar, "secret-1").at("198.51.100.9", 5_060);

        RegisterAnswer refused = owner.register(CONTACT);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(Phone.header(refused, "Retry-After")).isEqualTo("Retry-After: 60");
        assertThat(phone.register(CONTACT).status()).isEqualTo(200);
        pass(60);
        assertThat(owner.register(CONTACT).status()).isEqualTo(200);
    }

    @Test
    void shouldForgetThePhonesOfAnAccountThatChangedAndKeepTheOthers() throws UnknownHostException {
        phone.register(CONTACT);

        registrar.accounts(List.of(new PhoneAccount(ALICE, "alice", "secret-1")));
        assertThat(contacts()).hasSize(1);
        assertThat(registrar.expects("bob")).isFalse();

        registrar.accounts(List.of(new PhoneAccount(ALICE, "alice", "secret-3")));
        assertThat(contacts()).isEmpty();
        assertThat(told).containsExactly("came 192.0.2.10", "left 192.0.2.10");
        assertThat(peers.contains(InetAddress.getByName("192.0.2.10"))).isFalse();
        assertThat(phone.register(CONTACT).status()).isEqualTo(401);
        assertThat(new Phone(registrar, "secret-3").register(CONTACT).status()).isEqualTo(200);
    }

    @Test
    void shouldComeBackAfterARestart() {
        phone.behind("203.0.113.5", 61_000, "10.0.0.7:5060").with("Path: <sip:192.0.2.80;lr>");
        phone.register("Contact: <sip:alice@10.0.0.7:5060;ob>;+sip.instance=\"<urn:uuid:1>\";reg-id=1", "Expires: 600");
        List<KeptPhone> kept = registrar.kept(1_000_000);
        Registrar next = registrar(SETTINGS);

        assertThat(next.restore(kept, 1_000_000 + 100_000)).isEqualTo(1);

        Binding bound = next.phones(ALICE).getFirst();
        assertThat(bound.secondsLeft(nanos.get())).isEqualTo(500);
        assertThat(bound.contact()).isEqualTo(registrar.phones(ALICE).getFirst().contact());
        assertThat(bound.path()).hasSize(1);
        assertThat(bound.instance()).isEqualTo("<urn:uuid:1>");
        assertThat(registrar(SETTINGS).restore(kept, 1_000_000 + 600_000)).isZero();
        assertThat(registrar(RegistrarSettings.NONE).restore(kept, 1_000_000)).isZero();
    }

    @Test
    void shouldShowNoPassword() {
        assertThat(SETTINGS.toString()).doesNotContain("secret");
    }
}
