package org.paceline.daemon.gate;

import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one transaction write at a time, in the order in which they came. H2 writes its maps one after the other into the
 * file; were another transaction to change them meanwhile, a killed process would leave rows of a transaction that the
 * file knows nothing of, and a statement that meets one never ends.
 *
 * <p>A command that joined the process and dies or stops while it has the turn loses it.
 *
 * <p>Thread: any.
 */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final long JOINED_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** After so many moments, half a minute at least, the transaction will not end by itself. */
    private static final int STUCK_LOOKS = 60;

    private final Semaphore free = new Semaphore(1, true);
    private volatile @Nullable Holder holder;

    /** A command's session in this process. */
    interface Joined {
        /** Whether it is in the middle of a statement. */
        boolean isBusy();

        /** Takes back what it did, and frees the rows that it holds. */
        void rollBack();
    }

    /** The transaction that has the turn. */
    private static final class Holder {
        private final Thread thread;
        private final @Nullable Joined joined;
        private volatile long activeNanos;
        private int looks;
        private long lookedNanos;

        Holder(Thread thread, @Nullable Joined joined, long sinceNanos) {
            this.thread = thread;
            this.joined = joined;
            this.activeNanos = sinceNanos;
            this.lookedNanos = sinceNanos;
        }

        /** Counts moments at which others waited; time in which this process was stopped makes none. */
        synchronized void looked(long now) {
            if (joined != null && joined.isBusy()) {
                activeNanos = now;
            }
            if (now - lookedNanos >= TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS) / 2) {
                lookedNanos = now;
                looks++;
            }
        }

        synchronized int looks() {
            return looks;
        }
    }

    /**
     * Waits for the turn.
     *
     * @param joined the session of a command, which may die in the middle of its transaction and loses its turn then; null
     *     for this process's own
     * @throws SQLException when another transaction does not end
     */
    void take(@Nullable Joined joined) throws SQLException {
        Thread self = Thread.currentThread();
        if (isMine()) {
            throw new IllegalStateException("a transaction within a transaction");
        }
        long begun = System.nanoTime();
        while (!acquire()) {
            Holder other = holder;
            long now = System.nanoTime();
            if (other != null) {
                other.looked(now);
                if (isGone(other, now) && steal(other, self, joined, now)) {
                    return;
                }
            }
            if (now - begun > LIMIT_NANOS) {
                throw new SQLException("another transaction, of thread "
                        + (other == null ? "unknown" : other.thread.getName()) + ", has not ended for "
                        + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS) + " s");
            }
        }
        holder = new Holder(self, joined, System.nanoTime());
    }

    private boolean acquire() throws SQLException {
        try {
            return free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while another transaction wrote", e);
        }
    }

    private static boolean isGone(Holder other, long now) {
        return other.joined != null && (!other.thread.isAlive() || now - other.activeNanos > JOINED_NANOS);
    }

    private boolean steal(Holder other, Thread self, @Nullable Joined joined, long now) throws SQLException {
        synchronized (this) {
            if (holder != other) {
                return false;
            }
            holder = new Holder(self, joined, now);
        }
        LOG.warn(
                "event=joined-transaction-given-up seconds={}",
                TimeUnit.NANOSECONDS.toSeconds(now - other.activeNanos));
        try {
            if (other.joined != null) {
                other.joined.rollBack(); // waits for a statement of it that has just begun
            }
        } catch (RuntimeException e) {
            give();
            throw new SQLException("a command's transaction cannot be rolled back: " + e.getMessage(), e);
        }
        return true;
    }

    /** Whether others have waited for this process's transaction for so long that it will not end. */
    boolean isStuck() {
        Holder now = holder;
        return now != null && now.joined == null && now.looks() >= STUCK_LOOKS;
    }

    /** Whether the calling thread has the turn. */
    boolean isMine() {
        Holder now = holder;
        return now != null && now.thread.equals(Thread.currentThread());
    }

    /** Ends the calling thread's turn, if it has it. */
    synchronized void give() {
        if (isMine()) {
            holder = null;
            free.release();
        }
    }
}
