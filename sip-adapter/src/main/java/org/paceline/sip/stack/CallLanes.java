package org.paceline.sip.stack;

import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import java.net.DatagramPacket;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.SipCounters.Counter;

/**
 * Datagrams on their way from the socket to the receive threads: one lane a thread, the lane chosen by the Call-ID, so
 * that messages of one call are handled in the order in which they came. Each lane is bounded; when one is full, or a
 * datagram has waited too long, it is dropped and counted, and its sender sends again (RFC 3261 §17).
 */
final class CallLanes extends AbstractQueue<DatagramQueuedMessageDispatch>
        implements BlockingQueue<DatagramQueuedMessageDispatch> {

    private static final int CAPACITY = 16_384;
    /** Four transmissions of the sender; an answer to so old a message is of no use. */
    private static final long STALE_MILLIS = 3_000;

    /** A receive thread wakes so often without work, to show that it lives. */
    private static final long WAKE_MILLIS = 1_000;

    private static final long LIMIT_MILLIS = 10_000;
    /** Bytes of a message in which its Call-ID is looked for. */
    private static final int SEARCH_BYTES = 2_048;

    private final List<ArrayBlockingQueue<DatagramQueuedMessageDispatch>> lanes = new ArrayList<>();
    private final AtomicInteger nextLane = new AtomicInteger();
    private final ThreadLocal<Integer> lane =
            ThreadLocal.withInitial(() -> Math.floorMod(nextLane.getAndIncrement(), laneCount()));
    private final ThreadLocal<Heartbeat> heartbeat;
    private final SipCounters counters;

    CallLanes(int threads, SipCounters counters, ThreadWatch watch) {
        this.counters = counters;
        this.heartbeat = ThreadLocal.withInitial(
                () -> watch.heartbeat(Thread.currentThread().getName(), LIMIT_MILLIS));
        for (int i = 0; i < threads; i++) {
            lanes.add(new ArrayBlockingQueue<>(CAPACITY));
        }
    }

    @Override
    public boolean offer(DatagramQueuedMessageDispatch work) {
        DatagramPacket packet = work.packet;
        int hash = callIdHash(packet.getData(), packet.getLength());
        boolean taken = lanes.get(Math.floorMod(hash, lanes.size())).offer(work);
        if (!taken) {
            counters.add(Counter.OVERLOAD_DROPS);
        }
        return taken;
    }

    @Override
    public DatagramQueuedMessageDispatch take() throws InterruptedException {
        while (true) {
            heartbeat.get().beat();
            DatagramQueuedMessageDispatch work = ownLane().poll(WAKE_MILLIS, TimeUnit.MILLISECONDS);
            if (work == null) {
                continue;
            }
            if (System.currentTimeMillis() - work.getReceptionTime() <= STALE_MILLIS) {
                return work;
            }
            counters.add(Counter.OVERLOAD_DROPS);
        }
    }

    /** A hash of the Call-ID's bytes (also of its compact form {@code i}), 0 where there is none. */
    static int callIdHash(byte[] data, int length) {
        int end = Math.min(length, SEARCH_BYTES);
        for (int i = 0; i + 3 < end; i++) {
            if (data[i] == '\n') {
                int value = valueStart(data, i + 1, end);
                if (value > 0) {
                    return hashLine(data, value, end);
                }
            }
        }
        return 0;
    }

    private static int valueStart(byte[] data, int at, int end) {
        int name = at;
        if (matches(data, at, end, "call-id")) {
            name += 7;
        } else if (matches(data, at, end, "i")) {
            name += 1;
        } else {
            return -1;
        }
        while (name < end && (data[name] == ' ' || data[name] == '\t')) {
            name++;
        }
        return name < end && data[name] == ':' ? name + 1 : -1;
    }

    private static boolean matches(byte[] data, int at, int end, String lowerCase) {
        if (at + lowerCase.length() > end) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((data[at + i] | 0x20) != (lowerCase.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int hashLine(byte[] data, int from, int end) {
        int hash = 17;
        for (int i = from; i < end && data[i] != '\r' && data[i] != '\n'; i++) {
            if (data[i] != ' ') {
                hash = 31 * hash + data[i];
            }
        }
        return hash ^ (hash >>> 16);
    }

    private int laneCount() {
        return lanes.size();
    }

    private ArrayBlockingQueue<DatagramQueuedMessageDispatch> ownLane() {
        return lanes.get(lane.get());
    }

    @Override
    public void put(DatagramQueuedMessageDispatch work) {
        offer(work);
    }

    @Override
    public boolean offer(DatagramQueuedMessageDispatch work, long timeout, TimeUnit unit) {
        return offer(work);
    }

    @Override
    public @Nullable DatagramQueuedMessageDispatch poll(long timeout, TimeUnit unit) throws InterruptedException {
        return ownLane().poll(timeout, unit);
    }

    @Override
    public @Nullable DatagramQueuedMessageDispatch poll() {
        return ownLane().poll();
    }

    @Override
    public @Nullable DatagramQueuedMessageDispatch peek() {
        return ownLane().peek();
    }

    @Override
    public int remainingCapacity() {
        return lanes.stream()
                .mapToInt(ArrayBlockingQueue::remainingCapacity)
                .min()
                .orElse(0);
    }

    @Override
    public int drainTo(Collection<? super DatagramQueuedMessageDispatch> target) {
        return ownLane().drainTo(target);
    }

    @Override
    public int drainTo(Collection<? super DatagramQueuedMessageDispatch> target, int maxElements) {
        return ownLane().drainTo(target, maxElements);
    }

    @Override
    public Iterator<DatagramQueuedMessageDispatch> iterator() {
        return Collections.emptyIterator();
    }

    @Override
    public int size() {
        return lanes.stream().mapToInt(ArrayBlockingQueue::size).sum();
    }
}
