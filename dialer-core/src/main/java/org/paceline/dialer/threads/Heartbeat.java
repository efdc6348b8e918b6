package org.paceline.dialer.threads;

import java.util.function.LongSupplier;

/**
 * The last sign of life of one thread, which the thread itself gives at every turn of its loop.
 *
 * <p>Thread: the one that is watched for {@link #beat} and {@link #idle}; any for the rest.
 */
public final class Heartbeat {
    private final String thread;
    private final long limitNanos;
    private final LongSupplier nanos;
    private volatile long lastNanos;
    private volatile boolean idle;
    private volatile boolean dead;

    Heartbeat(String thread, long limitMillis, LongSupplier nanos) {
        this.thread = thread;
        this.limitNanos = limitMillis * 1_000_000;
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
    }

    /** Gives a sign of life. */
    public void beat() {
        beat(nanos.getAsLong());
    }

    /** Gives a sign of life where the time is known anyway, monotonic nanoseconds. */
    public void beat(long nowNanos) {
        lastNanos = nowNanos;
        if (idle) {
            idle = false;
        }
    }

    /** From now on the thread waits for work, however long none comes; {@link #beat} ends that. */
    public void idle() {
        beat();
        idle = true;
    }

    /** @return whether that is news */
    boolean died() {
        boolean isNews = !dead;
        dead = true;
        return isNews;
    }

    String thread() {
        return thread;
    }

    /** Returns the thread's state as of now. */
    ThreadSign sign() {
        long age = idle && !dead ? 0 : Math.max(0, nanos.getAsLong() - lastNanos);
        return new ThreadSign(thread, age / 1_000_000, limitNanos / 1_000_000, dead);
    }
}
