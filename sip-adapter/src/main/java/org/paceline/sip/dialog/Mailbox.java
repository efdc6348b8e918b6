package org.paceline.sip.dialog;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other in the order in which they were given, on the threads that give them, without a lock:
 * a thread that finds it idle runs its task and those that arrive meanwhile; the other threads leave their tasks and go
 * on. A call has one mailbox; where a task fails, the call's owner ends the call, so that none is left half done.
 *
 * <p>Thread: any; never blocks.
 */
public final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    private final Consumer<Throwable> failed;

    /** @param failed takes what a task threw, within the mailbox and before the next task, and ends the call */
    public Mailbox(Consumer<Throwable> failed) {
        this.failed = failed;
    }

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
                tell(e);
            }
        } while (waiting.decrementAndGet() != 0);
    }

    private void tell(Throwable thrown) {
        try {
            failed.accept(thrown);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a task of a call failed", thrown);
            LOG.error("that call could not be ended", e);
        }
    }
}
