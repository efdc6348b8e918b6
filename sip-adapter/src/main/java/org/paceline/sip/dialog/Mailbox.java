package org.paceline.sip.dialog;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other in the order in which they were given, on the threads that give them, without a lock:
 * a thread that finds it idle runs its task and those that arrive meanwhile; the other threads leave their tasks and go
 * on.
 *
 * <p>Thread: any; never blocks.
 */
public final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    public void run(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() != 0) {
            return;
        }
        do {
            Runnable next = tasks.remove();
            try {
                next.run();
            } catch (RuntimeException | StackOverflowError e) {
                // The tasks behind it still have to run. Other errors end the thread, and so the process.
                LOG.error("a task of a call failed", e);
            }
        } while (waiting.decrementAndGet() != 0);
    }
}
