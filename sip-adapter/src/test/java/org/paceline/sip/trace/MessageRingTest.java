package org.paceline.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.MessageTap.Place;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.trace.TracedMessage.Way;

class MessageRingTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress CARRIER = InetAddress.ofLiteral("192.0.2.7");
    private static final InetAddress WIDE = InetAddress.ofLiteral("2001:db8::1");
    private static final Place PLACE = new Place(Transport.UDP, LOOPBACK, 5060);
    private static final Map<String, TrunkId> TRUNKS = Map.of("192.0.2.7:5060", new TrunkId("carrier"));
    private static final TraceMark BEGIN = TraceMark.BEGIN;

    private final MessageRing ring = new MessageRing(MessageRing.LEAST_BYTES);
    private final MessageTrace trace = new MessageTrace(ring);

    private static byte[] message(String callId, String more) {
        return ("OPTIONS sip:x SIP/2.0\r\nCall-ID: " + callId + "\r\n\r\n" + more)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private List<TracedMessage> all(TraceFilter filter) {
        return trace.find(filter, TRUNKS, BEGIN, Integer.MAX_VALUE).messages();
    }

    @Test
    void shouldKeepWhatPassedWithItsWayAndItsEnds() {
        ring.sent(PLACE, CARRIER, 5060, message("a", ""));
        ring.received(new Place(Transport.TLS, WIDE, 5061), WIDE, 40_000, message("b", ""), 77);
        ring.notSent(PLACE, CARRIER, 5060, message("c", ""), "Network is unreachable");

        List<TracedMessage> all = all(TraceFilter.ALL);

        assertThat(all).extracting(TracedMessage::way).containsExactly(Way.SENT, Way.RECEIVED, Way.NOT_SENT);
        assertThat(all).extracting(TracedMessage::callId).containsExactly("a", "b", "c");
        assertThat(all).extracting(TracedMessage::reason).containsExactly("", "", "Network is unreachable");
        TracedMessage second = all.get(1);
        assertThat(second.nanos()).isEqualTo(77);
        assertThat(second.transport()).isEqualTo(Transport.TLS);
        assertThat(TracedMessage.text(second.local())).isEqualTo("[2001:db8:0:0:0:0:0:1]:5061");
        assertThat(second.peer().getPort()).isEqualTo(40_000);
        assertThat(all.getFirst().subject()).isEqualTo(new CallSubject(null, 0, new TrunkId("carrier"), null));
    }

    @Test
    void shouldOverwriteTheOldestAndKeepTheOthersWhole() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            byte[] message = message("call-" + i, "x".repeat(random.nextInt(3_000)));
            sent.add("call-" + i);
            ring.sent(PLACE, CARRIER, 5060, message);
        }

        List<String> kept =
                all(TraceFilter.ALL).stream().map(TracedMessage::callId).toList();

        assertThat(kept).as("seed %s", seed).hasSizeBetween(400, 1_000);
        assertThat(sent.subList(sent.size() - kept.size(), sent.size())).isEqualTo(kept);
    }

    @Test
    void shouldTellAReaderHowManyWereOverwritten() {
        ring.sent(PLACE, CARRIER, 5060, message("first", ""));
        MessageTrace.Page first = trace.find(TraceFilter.ALL, TRUNKS, BEGIN, 100);
        for (int i = 0; i < 50_000; i++) {
            ring.sent(PLACE, CARRIER, 5060, message("later", ""));
        }

        MessageTrace.Page next = trace.find(TraceFilter.ALL, TRUNKS, first.next(), 1_000_000);

        assertThat(first.lost()).isZero();
        assertThat(next.isLast()).isTrue();
        assertThat(next.lost() + next.messages().size()).isEqualTo(50_000);
        assertThat(next.lost()).isPositive();
    }

    @Test
    void shouldGoOnWhereThePageBeforeEnded() {
        for (int i = 0; i < 10; i++) {
            ring.sent(PLACE, CARRIER, 5060, message("c" + i, ""));
        }

        MessageTrace.Page first = trace.find(TraceFilter.ALL, TRUNKS, BEGIN, 7);
        MessageTrace.Page second = trace.find(TraceFilter.ALL, TRUNKS, first.next(), 7);
        MessageTrace.Page third = trace.find(TraceFilter.ALL, TRUNKS, second.next(), 7);

        assertThat(first.isLast()).isFalse();
        assertThat(second.messages()).extracting(TracedMessage::callId).containsExactly("c7", "c8", "c9");
        assertThat(second.isLast()).isTrue();
        assertThat(third.messages()).isEmpty();
        assertThat(List.of(first.lost(), second.lost(), third.lost())).containsOnly(0L);
    }

    @Test
    void shouldFindACallByItsIdWhileItLastsAndAfterIt() {
        CallSubject customer = CallSubject.customer(new CallId(7), 13_055_550_123L, new TrunkId("carrier"));
        CallSubject phone = CallSubject.phone(new AgentId("alice"), new CallId(7));
        ring.begins("out@x", customer);
        ring.sent(PLACE, CARRIER, 5060, message("out@x", ""));
        ring.begins("in@x", phone);
        ring.sent(PLACE, LOOPBACK, 6000, message("in@x", ""));
        ring.sent(PLACE, CARRIER, 5060, message("ping", ""));
        TraceFilter wanted = new TraceFilter(null, "7", null, null);

        assertThat(all(wanted)).extracting(TracedMessage::subject).containsExactly(customer, phone);

        ring.ends("in@x", phone);
        ring.ends("out@x", customer);

        assertThat(all(wanted)).extracting(TracedMessage::subject).containsExactly(customer, phone);
        assertThat(all(new TraceFilter(null, "out", null, null))).hasSize(1);
        assertThat(all(new TraceFilter("13055550123", null, null, null))).hasSize(2);
        assertThat(all(new TraceFilter(null, null, "carrier", null))).hasSize(2);
        assertThat(all(new TraceFilter(null, null, null, "alice"))).hasSize(1);
        assertThat(trace.contents(TRUNKS).byPeer()).isEqualTo(Map.of("agent alice", 1L, "trunk carrier", 2L));
    }

    @Test
    void shouldCutAMessageThatNoDatagramHolds() {
        ring.sent(PLACE, CARRIER, 5060, message("long", "x".repeat(200_000)));
        ring.sent(PLACE, CARRIER, 5060, message("next", ""));

        assertThat(all(TraceFilter.ALL))
                .extracting(each -> each.text().length())
                .containsExactly(MessageRing.MOST_OF_A_MESSAGE, message("next", "").length);
    }

    @Test
    void shouldFindNothingBehindAMarkThatIsNone() {
        ring.sent(PLACE, CARRIER, 5060, message("a", "x".repeat(500)));

        assertThat(trace.find(TraceFilter.ALL, TRUNKS, new TraceMark(64, 0), 10).messages())
                .isEmpty();
        assertThat(trace.find(TraceFilter.ALL, TRUNKS, new TraceMark(64_000_000, 0), 10)
                        .messages())
                .isEmpty();
    }
}
