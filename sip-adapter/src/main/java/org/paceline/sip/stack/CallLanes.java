package org.paceline.sip.stack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Door.Entry;
import org.paceline.sip.stack.SipCounters.Counter;

/**
 * Messages on their way from sockets to the receive threads: one lane for each thread, chosen by the Call-ID, so
 * that messages of one call are handled in the order in which they came. Those that belong to calls wait apart from all
 * others and go first: while they wait, at most one of {@value #TURN} is another one. Each queue is bounded; when one is
 * full, or a datagram has waited too long, it is dropped and counted, and its sender sends again (RFC 3261 §17).
 * Nobody sends again what came over a connection; it may wait.
 *
 * <p>Thread: any offers, each lane is taken from by one.
 */
final class CallLanes {

    static final int CALL_CAPACITY = 16_384;
    static final int OTHER_CAPACITY = 1_024;
    /** How long a datagram may wait: four transmissions of the sender. An answer to an older message is of no use. */
    private static final long STALE_NANOS = 3_000_000_000L;

    private static final int TURN = 16;

    private final List<Lane> lanes = new ArrayList<>();
    private final SipCounters counters;

    CallLanes(int threads, SipCounters counters) {
        this.counters = counters;
        for (int i = 0; i < threads; i++) {
            lanes.add(new Lane());
        }
    }

    /** @return whether there was room */
    boolean offer(Arrival datagram, Entry entry, int callHash) {
        boolean taken = lanes.get(Math.floorMod(callHash, lanes.size())).offer(datagram, entry);
        if (!taken) {
            counters.add(Counter.OVERLOAD_DROPS);
        }
        return taken;
    }

    /** Waits for the lane's next datagram that is not too old. */
    Arrival take(int lane) throws InterruptedException {
        while (true) {
            Arrival next = lanes.get(lane).take();
            if (next.origin().isStream() || System.nanoTime() - next.receivedNanos() <= STALE_NANOS) {
                return next;
            }
            counters.add(Counter.OVERLOAD_DROPS);
        }
    }

    private static final class Lane {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition filled = lock.newCondition();
        private final Queue<Arrival> calls = new ArrayDeque<>();
        private final Queue<Arrival> others = new ArrayDeque<>();
        private int sinceOther;

        boolean offer(Arrival datagram, Entry entry) {
            lock.lock();
            try {
                boolean room = switch (entry) {
                    case CALL -> calls.size() < CALL_CAPACITY && calls.add(datagram);
                    case OTHER -> others.size() < OTHER_CAPACITY && others.add(datagram);
                };
                if (room) {
                    filled.signal();
                }
                return room;
            } finally {
                lock.unlock();
            }
        }

        Arrival take() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (true) {
                    Arrival next = poll();
                    if (next != null) {
                        return next;
                    }
                    filled.await();
                }
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Arrival poll() {
            if (!others.isEmpty() && (calls.isEmpty() || ++sinceOther >= TURN)) {
                sinceOther = 0;
                return others.poll();
            }
            return calls.poll();
        }
    }
}
