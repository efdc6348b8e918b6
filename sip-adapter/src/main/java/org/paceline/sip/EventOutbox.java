package org.paceline.sip;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipCounters.Counter;

/**
 * Our events on their way to the engine. While the engine's inbox is full they wait here, in order, and {@code
 * sip-events} offers them again; none is lost, and no SIP thread waits. The outbox holds at most a few events of each
 * call under way, because an engine that does not take events places no calls.
 *
 * <p>Thread: any.
 */
final class EventOutbox implements AutoCloseable {

    private static final long RETRY_NANOS = 1_000_000;
    private static final long WAKE_NANOS = 1_000_000_000;
    private static final long LIMIT_MILLIS = 10_000;
    private static final long CLOSE_MILLIS = 1_000;

    private final ConcurrentLinkedQueue<Event> waiting = new ConcurrentLinkedQueue<>();
    /** Events in {@link #waiting} or just being offered by the thread; no later event overtakes them. */
    private final AtomicInteger pending = new AtomicInteger();

    private final EventSink sink;
    private final SipCounters counters;
    private final Thread thread;
    private volatile boolean running = true;

    EventOutbox(EventSink sink, SipCounters counters, ThreadWatch watch) {
        this.sink = sink;
        this.counters = counters;
        this.thread = watch.thread("sip-events", LIMIT_MILLIS, this::drain);
    }

    void start() {
        thread.start();
    }

    void emit(Event event) {
        if (pending.get() == 0 && sink.offer(event)) {
            return;
        }
        counters.add(Counter.DELAYED_EVENTS);
        pending.incrementAndGet();
        waiting.add(event);
        LockSupport.unpark(thread);
    }

    /** Offers the waiting events once more, then stops. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Heartbeat heartbeat) {
        while (true) {
            heartbeat.beat();
            Event next = waiting.peek();
            if (next == null) {
                if (!running) {
                    return;
                }
                LockSupport.parkNanos(this, WAKE_NANOS);
            } else if (sink.offer(next)) {
                waiting.poll();
                pending.decrementAndGet();
            } else if (running) {
                LockSupport.parkNanos(this, RETRY_NANOS);
            } else {
                return;
            }
        }
    }
}
