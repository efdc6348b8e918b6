package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.SipCounters.Counter;

class CallLanesTest {

    private final SipCounters counters = new SipCounters();

    @Test
    void shouldFindTheCallIdInBothForms() {
        int full = hash("SIP/2.0 200 OK\r\nVia: x\r\nCall-ID: abc@host\r\n\r\n");

        assertThat(full).isNotZero();
        assertThat(hash("BYE x SIP/2.0\r\ncall-id :  abc@host\r\nTo: y\r\n")).isEqualTo(full);
        assertThat(hash("BYE x SIP/2.0\r\ni:abc@host\r\n")).isEqualTo(full);
        assertThat(hash("BYE x SIP/2.0\r\nCall-ID: other@host\r\n")).isNotEqualTo(full);
        assertThat(hash("BYE x SIP/2.0\r\nInfo: abc@host\r\n")).isZero();
        assertThat(hash("")).isZero();
    }

    @Test
    void shouldKeepTheOrderOfOneCall() throws InterruptedException {
        CallLanes lanes = new CallLanes(1, counters, ThreadWatch.endingTheProcess());
        for (int i = 0; i < 3; i++) {
            assertThat(lanes.offer(work(i, System.currentTimeMillis()))).isTrue();
        }

        for (int i = 0; i < 3; i++) {
            assertThat(lanes.take().packet.getPort()).isEqualTo(1 + i);
        }
        assertThat(lanes).isEmpty();
    }

    @Test
    void shouldDropWhatIsTooManyOrTooOld() throws InterruptedException {
        CallLanes lanes = new CallLanes(1, counters, ThreadWatch.endingTheProcess());
        long now = System.currentTimeMillis();
        lanes.offer(work(0, now - 10_000));
        lanes.offer(work(1, now));
        assertThat(lanes.take().packet.getPort()).isEqualTo(2);
        assertThat(counters.value(Counter.OVERLOAD_DROPS)).isEqualTo(1);

        int room = lanes.remainingCapacity();
        for (int i = 0; i < room; i++) {
            assertThat(lanes.offer(work(1, now))).isTrue();
        }
        assertThat(lanes.offer(work(1, now))).isFalse();
        assertThat(counters.value(Counter.OVERLOAD_DROPS)).isEqualTo(2);
    }

    private static int hash(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
        return CallLanes.callIdHash(bytes, bytes.length);
    }

    private static DatagramQueuedMessageDispatch work(int number, long time) {
        DatagramPacket packet = new DatagramPacket(new byte[0], 0);
        packet.setPort(1 + number);
        return new DatagramQueuedMessageDispatch(packet, time);
    }
}
