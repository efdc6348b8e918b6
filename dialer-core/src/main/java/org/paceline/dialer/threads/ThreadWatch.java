package org.paceline.dialer.threads;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over every thread of ours. Whatever a thread did not expect ends the process: a dialer that has lost a part of itself
 * dials people whom nobody protects or records. The first death is told to the process's owner, who stops everything in
 * order; where even that fails, the process ends at once.
 *
 * <p>Thread: any.
 */
public final class ThreadWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadWatch.class);
    private static final int EXIT_CODE = 1;

    private final LongSupplier nanos;
    private final BiConsumer<String, Throwable> onDeath;
    private final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> firstDeath = new AtomicReference<>();

    /**
     * @param nanos monotonic time
     * @param onDeath takes the first dead thread's name and what ended it; called on that thread, must not wait
     */
    public ThreadWatch(LongSupplier nanos, BiConsumer<String, Throwable> onDeath) {
        this.nanos = nanos;
        this.onDeath = onDeath;
    }

    /** For a program that has nobody to tell: the first death ends the process. Its signs of life have no age. */
    public static ThreadWatch endingTheProcess() {
        return new ThreadWatch(() -> 0, (thread, cause) -> Runtime.getRuntime().halt(EXIT_CODE));
    }

    /**
     * A daemon thread, not started yet.
     *
     * @param limitMillis its signs of life are never further apart
     * @param work all that the thread does; it gives the signs of life
     */
    public Thread thread(String name, long limitMillis, Consumer<Heartbeat> work) {
        return Thread.ofPlatform().name(name).daemon().unstarted(() -> run(name, limitMillis, work));
    }

    private void run(String name, long limitMillis, Consumer<Heartbeat> work) {
        Heartbeat heartbeat = heartbeat(name, limitMillis);
        try {
            work.accept(heartbeat);
            heartbeats.remove(heartbeat);
        } catch (Throwable e) {
            died(name, e);
        }
    }

    /** The same for a thread that somebody else makes: give its whole work to {@link #guard}, and {@link #ended} it at last. */
    public Heartbeat heartbeat(String thread, long limitMillis) {
        Heartbeat heartbeat = new Heartbeat(thread, limitMillis, nanos);
        heartbeats.add(heartbeat);
        return heartbeat;
    }

    /** The thread was stopped on purpose. */
    public void ended(Heartbeat heartbeat) {
        heartbeats.remove(heartbeat);
    }

    /** The work of a thread, or of one of its turns, that nothing may leave but by its end. */
    public Runnable guard(String thread, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Throwable e) {
                died(thread, e);
            }
        };
    }

    /**
     * Something ended a thread, or left it in a state that nobody knows; told once for a thread, though it comes through several
     * hands. Returns, except where the owner cannot be told.
     *
     * @param thread its name
     */
    public void died(String thread, Throwable cause) {
        try {
            boolean isKnown = false;
            for (Heartbeat heartbeat : heartbeats) {
                isKnown |= heartbeat.thread().equals(thread) && !heartbeat.died();
            }
            if (isKnown) {
                return;
            }
            boolean first = firstDeath.compareAndSet(null, thread);
            LOG.error("event=thread-died thread={}", thread, cause);
            if (first) {
                onDeath.accept(thread, cause);
            }
        } catch (Throwable e) {
            Runtime.getRuntime().halt(EXIT_CODE); // no memory to tell it, most likely
        }
    }

    /** The thread that died first, or null. */
    public @Nullable String firstDeath() {
        return firstDeath.get();
    }

    /** Every thread that runs or died, in the order of their starts. */
    public List<ThreadSign> signs() {
        return heartbeats.stream().map(Heartbeat::sign).toList();
    }
}
