package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.sip.stack.Door.Entry;
import org.paceline.sip.stack.Seal.Use;
import org.paceline.sip.stack.SipCounters.Counter;

class DoorTest {

    private static final long SECOND = 1_000_000_000L;

    private final SipCounters counters = new SipCounters();
    private final PeerAddresses peers = new PeerAddresses();
    private final Seal seal = new Seal();
    private final Door door = new Door(seal, peers, "alice"::equals, counters);
    private InetAddress peer;
    private InetAddress stranger;

    @BeforeEach
    void letThePeerIn() throws UnknownHostException {
        peer = InetAddress.getByName("192.0.2.1");
        stranger = InetAddress.getByName("198.51.100.9");
        peers.add(peer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Via: SIP/2.0/UDP h:5060;branch=z9hG4bK%s;rport",
                "v:SIP/2.0/UDP h ; rport; branch = z9hG4bK%s",
                "VIA : SIP/2.0/UDP h;rport=1\r\n ;BRANCH=Z9HG4BK%s\r\nX: y",
                "X-Via: SIP/2.0/UDP h;branch=z9hG4bK0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK%s, SIP/2.0/UDP x;branch=z9hG4bK1"
            })
    void shouldTakeAResponseToARequestOfOursFromAnyAddress(String via) {
        String response = "SIP/2.0 200 OK\r\n" + via.formatted(seal.make(Use.BRANCH)) + "\r\nCall-ID: a\r\n\r\n";

        assertThat(judge(response, stranger, 0)).isEqualTo(Entry.CALL);
    }

    @Test
    void shouldDropAResponseToNothingOfOurs() {
        String wrong = seal.make(Use.BRANCH);
        String changed = (wrong.charAt(0) == '0' ? "1" : "0") + wrong.substring(1);
        for (String branch :
                new String[] {"1", changed, wrong.substring(1), seal.make(Use.CALL_ID), new Seal().make(Use.BRANCH), ""
                }) {
            assertThat(judge("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK" + branch + "\r\n\r\n", peer, 0))
                    .as(branch)
                    .isNull();
        }
        assertThat(judge("SIP/3.0 200 OK\r\nTo: x\r\n\r\n" + "Via: ;branch=z9hG4bK" + wrong, peer, 0))
                .isNull();
        assertThat(judge("SIP/2.0 200 OK\r\nVia: x, y;branch=z9hG4bK" + wrong + "\r\n\r\n", peer, 0))
                .isNull();
        assertThat(counters.value(Counter.STRAY_RESPONSES)).isEqualTo(8);
    }

    @Test
    void shouldTakeARequestWithinACallFromAnyAddress() {
        String callId = seal.make(Use.CALL_ID);

        assertThat(judge("BYE x SIP/2.0\r\nCall-ID: " + callId + "@host\r\n\r\n", stranger, 0))
                .isEqualTo(Entry.CALL);
        assertThat(judge(
                        "\r\n\r\nBYE x SIP/2.0\r\ni:" + callId.toUpperCase(Locale.ROOT) + "@host\r\n\r\n", stranger, 0))
                .isEqualTo(Entry.CALL);
    }

    @Test
    void shouldDropRequestsOfStrangers() {
        assertThat(judge("BYE x SIP/2.0\r\nCall-ID: 0123456789abcdef0123456789abcdef@host\r\n\r\n", stranger, 0))
                .isNull();
        assertThat(judge("OPTIONS sip:x@y SIP/2.0\r\n\r\n" + "Call-ID: " + seal.make(Use.CALL_ID), stranger, 0))
                .isNull();
        assertThat(judge("OPTIONS sip:x@y SIP/2.0\r\nCall-ID: " + seal.make(Use.BRANCH) + "\r\n\r\n", stranger, 0))
                .isNull();
        assertThat(counters.value(Counter.DROPPED_REQUESTS)).isEqualTo(3);
        assertThat(judge("OPTIONS sip:x@y SIP/2.0\r\nCall-ID: z\r\n\r\n", peer, 0))
                .isEqualTo(Entry.OTHER);
        assertThat(judge("\r\n\r\n", peer, 0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGISTER sip:h SIP/2.0\r\nTo: <sip:alice@h>\r\n\r\n",
                "REGISTER sip:h SIP/2.0\r\nCall-ID: x\r\nt:\"A\" <sips:alice@h;x>\r\n\r\n",
                "REGISTER sip:h SIP/2.0\r\nTo: sip:alice@h\r\n\r\n"
            })
    void shouldLetAStrangerRegisterForAnAccount(String request) {
        assertThat(judge(request, stranger, 0)).isEqualTo(Entry.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGISTER sip:h SIP/2.0\r\nTo: <sip:bob@h>\r\n\r\n",
                "REGISTER sip:alice@h SIP/2.0\r\nFrom: <sip:alice@h>\r\n\r\n",
                "REGISTER sip:h SIP/2.0\r\nTo: <sip:h>;x=alice@\r\n\r\n",
                "REGISTER sip:h SIP/2.0\r\nTo: <tel:alice@h>\r\n\r\n",
                "REGISTERED sip:h SIP/2.0\r\nTo: <sip:alice@h>\r\n\r\n",
                "INVITE sip:alice@h SIP/2.0\r\nTo: <sip:alice@h>\r\n\r\n",
                "OPTIONS sip:alice@h SIP/2.0\r\nTo: <sip:alice@h>\r\n\r\n",
                "REGISTER sip:h SIP/2.0\r\nTo: <sip:alice"
            })
    void shouldLetAStrangerDoNothingElse(String request) {
        assertThat(judge(request, stranger, 0)).isNull();
        assertThat(counters.value(Counter.DROPPED_REQUESTS)).isOne();
    }

    @Test
    void shouldLimitWhatStrangersRegister() throws UnknownHostException {
        String register = "REGISTER sip:h SIP/2.0\r\nTo: <sip:alice@h>\r\n\r\n";
        int ofOne = 0;
        for (int i = 0; i < 1_000; i++) {
            ofOne += judge(register, stranger, 0) == null ? 0 : 1;
        }
        int ofAll = ofOne;
        for (int i = 0; i < 4_000; i++) {
            InetAddress other = InetAddress.getByName("10.0." + i / 256 + "." + i % 256);
            ofAll += judge(register, other, 0) == null ? 0 : 1;
        }

        assertThat(ofOne).isEqualTo(NewcomerShares.BURST);
        assertThat(ofAll).isEqualTo(NewcomerShares.ALL_BURST);
        assertThat(judge("OPTIONS sip:x SIP/2.0\r\nCall-ID: 1\r\n\r\n", peer, 0))
                .isEqualTo(Entry.OTHER);
    }

    @Test
    void shouldLimitWhatOnePeerAsksOutsideOfCalls() throws UnknownHostException {
        InetAddress other = InetAddress.getByName("192.0.2.2");
        peers.add(other);
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            taken += judge("OPTIONS sip:x SIP/2.0\r\nCall-ID: " + i + "\r\n\r\n", peer, i * SECOND / 2_000) == null
                    ? 0
                    : 1;
        }

        assertThat(taken).isBetween(PeerAddresses.BURST, PeerAddresses.BURST + PeerAddresses.REQUESTS_PER_SECOND);
        assertThat(counters.value(Counter.LIMITED_MESSAGES)).isEqualTo(2_000 - taken);
        assertThat(judge("OPTIONS sip:x SIP/2.0\r\nCall-ID: 1\r\n\r\n", other, SECOND))
                .isEqualTo(Entry.OTHER);
        assertThat(judge("OPTIONS sip:x SIP/2.0\r\nCall-ID: 1\r\n\r\n", peer, 2 * SECOND))
                .isEqualTo(Entry.OTHER);
        assertThat(judge("BYE x SIP/2.0\r\nCall-ID: " + seal.make(Use.CALL_ID) + "\r\n\r\n", peer, SECOND))
                .isEqualTo(Entry.CALL);
    }

    @Test
    void shouldLimitWhatComesForOneCall() {
        String flood = "INFO x SIP/2.0\r\nCall-ID: " + seal.make(Use.CALL_ID) + "\r\n\r\n";
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            taken += judge(flood, peer, 0) == null ? 0 : 1;
        }

        assertThat(taken).isEqualTo(CallMeter.LIMIT);
        assertThat(judge(flood, peer, 3 * SECOND)).isEqualTo(Entry.CALL);
    }

    @Test
    void shouldHashTheCallIdAlikeInAllItsForms() {
        judge("BYE x SIP/2.0\r\nCall-ID: abc@host\r\n\r\n", peer, 0);
        int hash = door.callHash();

        assertThat(hash).isNotZero();
        for (String form : new String[] {"call-id :  abc@host", "i:abc@host", "I :abc@host", "CALL-ID:\tabc@host"}) {
            judge("BYE x SIP/2.0\r\nVia: x\r\n" + form + "\r\nTo: y\r\n\r\n", peer, 0);
            assertThat(door.callHash()).as(form).isEqualTo(hash);
        }
        judge("BYE x SIP/2.0\r\nCall-ID: other@host\r\n\r\n", peer, 0);
        assertThat(door.callHash()).isNotEqualTo(hash);
        judge("BYE x SIP/2.0\r\nInfo: abc@host\r\n\r\n", peer, 0);
        assertThat(door.callHash()).isZero();
    }

    private @Nullable Entry judge(String message, InetAddress source, long nowNanos) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        return door.judge(bytes, bytes.length, source, nowNanos);
    }
}
