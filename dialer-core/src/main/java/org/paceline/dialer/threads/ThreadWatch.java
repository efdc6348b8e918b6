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
 * Watches over every thread of ours. An error that a thread did not expect ends the process: a dialer that has lost a
 * part of itself would go on calling people without protecting them or recording the calls. The first death is told to
 * the process's owner, who stops everything in order; where even that fails, the process ends at once.
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
     * @param onDeath takes the name of the first thread that died and what ended it; it is called on that thread and
     * must not wait
     */
    public ThreadWatch(LongSupplier nanos, BiConsumer<String, Throwable> onDeath) {
        this.nanos = nanos;
        this.onDeath = onDeath;
    }

    /**
     * Makes a watch for a program that has nobody to tell: the first death ends the process. Its signs of life have no
     * age.
     */
    public static ThreadWatch endingTheProcess() {
        return new ThreadWatch(() -> 0, (thread, cause) -> Runtime.getRuntime().halt(EXIT_CODE));
    }

    /**
     * Makes a daemon thread, not started yet.
     *
     * @param limitMillis the longest time between two of its signs of life
     * @param work everything that the thread does; it gives the signs of life
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

    /**
     * Watches a thread that somebody else makes: its whole work must be given to {@link #guard}, and it must call
     * {@link #ended} at last.
     */
    public Heartbeat heartbeat(String thread, long limitMillis) {
        Heartbeat heartbeat = new Heartbeat(thread, limitMillis, nanos);
        heartbeats.add(heartbeat);
        return heartbeat;
    }

    /** The thread was stopped on purpose. */
    public void ended(Heartbeat heartbeat) {
        heartbeats.remove(heartbeat);
    }

    /** Wraps the work of a thread, or of one of its turns, so that anything it throws counts as the thread's death. */
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
     * Reports that something ended a thread, or left it in an unknown state. A thread's death is told once, even if
     * several callers report it. This method returns, except where the owner cannot be told.
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
            Runtime.getRuntime().halt(EXIT_CODE); // most likely there is no memory left to tell it
        }
    }

    /** The thread that died first, or null. */
    public @Nullable String firstDeath() {
        return firstDeath.get();
    }

    /** Returns every thread that runs or died, in the order of their starts. */
    public List<ThreadSign> signs() {
        return heartbeats.stream().map(Heartbeat::sign).toList();
    }
}
