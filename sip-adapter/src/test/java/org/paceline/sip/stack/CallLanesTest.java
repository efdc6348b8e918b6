package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.sip.stack.Door.Entry;
import org.paceline.sip.stack.SipCounters.Counter;

@Timeout(30)
class CallLanesTest {

    private final SipCounters counters = new SipCounters();
    private final CallLanes lanes = new CallLanes(1, counters);

    @Test
    void shouldKeepTheOrderOfOneCall() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            assertThat(lanes.offer(datagram(i, System.nanoTime()), Entry.CALL, 7))
                    .isTrue();
        }

        for (int i = 0; i < 3; i++) {
            assertThat(number(lanes.take(0))).isEqualTo(i);
        }
    }

    @Test
    void shouldServeCallsFirstAndTheOthersInTheirTurn() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            lanes.offer(datagram(1_000 + i, System.nanoTime()), Entry.OTHER, 0);
        }
        for (int i = 0; i < 60; i++) {
            lanes.offer(datagram(i, System.nanoTime()), Entry.CALL, 0);
        }

        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            order.add(number(lanes.take(0)));
        }
        assertThat(order.subList(0, 15)).allMatch(port -> port < 1_000);
        assertThat(order.subList(0, 48)).filteredOn(port -> port >= 1_000).hasSize(3);
        assertThat(order).filteredOn(port -> port < 1_000).isSorted();
    }

    @Test
    void shouldKeepRoomForCallsWhenTheOthersAreTooMany() {
        for (int i = 0; i < CallLanes.OTHER_CAPACITY; i++) {
            assertThat(lanes.offer(datagram(i, System.nanoTime()), Entry.OTHER, 0))
                    .isTrue();
        }

        assertThat(lanes.offer(datagram(1, System.nanoTime()), Entry.OTHER, 0)).isFalse();
        assertThat(counters.value(Counter.OVERLOAD_DROPS)).isEqualTo(1);
        assertThat(lanes.offer(datagram(1, System.nanoTime()), Entry.CALL, 0)).isTrue();
    }

    @Test
    void shouldDropWhatIsTooManyOrTooOld() throws InterruptedException {
        long now = System.nanoTime();
        lanes.offer(datagram(0, now - 10_000_000_000L), Entry.CALL, 0);
        lanes.offer(datagram(1, now), Entry.CALL, 0);
        assertThat(number(lanes.take(0))).isEqualTo(1);
        assertThat(counters.value(Counter.OVERLOAD_DROPS)).isEqualTo(1);

        for (int i = 0; i < CallLanes.CALL_CAPACITY; i++) {
            assertThat(lanes.offer(datagram(1, now), Entry.CALL, 0)).isTrue();
        }
        assertThat(lanes.offer(datagram(1, now), Entry.CALL, 0)).isFalse();
        assertThat(counters.value(Counter.OVERLOAD_DROPS)).isEqualTo(2);
    }

    @Test
    void shouldKeepWhatNobodySendsAgain() throws InterruptedException {
        lanes.offer(arrival(7, System.nanoTime() - 10_000_000_000L, true), Entry.CALL, 0);

        assertThat(number(lanes.take(0))).isEqualTo(7);
        assertThat(counters.value(Counter.OVERLOAD_DROPS)).isZero();
    }

    private static Arrival datagram(int number, long receivedNanos) {
        return arrival(number, receivedNanos, false);
    }

    private static Arrival arrival(int number, long receivedNanos, boolean isStream) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        return new Arrival(bytes, InetAddress.getLoopbackAddress(), receivedNanos, new Nowhere(isStream));
    }

    private static int number(Arrival arrival) {
        return ByteBuffer.wrap(arrival.bytes()).getInt();
    }

    private record Nowhere(boolean isStream) implements Origin {

        @Override
        public GuardedChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(byte[] message) {}
    }
}
