package org.paceline.sip.media;

import org.jspecify.annotations.Nullable;

/**
 * The signs of life of one peer: when it was last heard, the task that waits for the next sign, and whether the peer
 * has been silent for too long although it says that it sends.
 *
 * <p>Thread: media loop, except {@link #heardNanos}.
 */
final class PeerWatch {

    private final SessionTasks tasks;
    private final long silenceTimeoutNanos;
    private final Runnable whenSilent;

    private boolean answered;
    private boolean sends;
    private volatile long heardNanos;
    private long lastReceivedNanos;
    private boolean lost;
    private @Nullable Runnable whenHeard;

    /**
     * @param silenceTimeoutNanos 0 for never
     * @param whenSilent runs after that time without a packet; again only after packets have come again
     */
    PeerWatch(SessionTasks tasks, long silenceTimeoutNanos, Runnable whenSilent) {
        this.tasks = tasks;
        this.silenceTimeoutNanos = silenceTimeoutNanos;
        this.whenSilent = whenSilent;
    }

    /** The peer's session description came, the first or a new one. */
    void described(boolean nowSends, long nowNanos) {
        if (!answered) {
            heardNanos = nowNanos;
        }
        if (!answered || !sends) {
            lastReceivedNanos = nowNanos;
            lost = false;
        }
        answered = true;
        sends = nowSends;
    }

    boolean answered() {
        return answered;
    }

    /** An RTP packet of the peer came. */
    void received(long nowNanos) {
        lastReceivedNanos = nowNanos;
        lost = false;
        heard(nowNanos);
    }

    /** Something of the peer came. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
        Runnable waiting = whenHeard;
        whenHeard = null;
        if (waiting != null) {
            tasks.callBack(waiting);
        }
    }

    /** Runs the task with the next sign of life; a task that still waits is forgotten. */
    void onceHeard(Runnable task) {
        whenHeard = task;
    }

    /** Returns when the peer's last packet came; before the first one, when the peer answered. Thread: any. */
    long heardNanos() {
        return heardNanos;
    }

    void tick(long nowNanos) {
        if (answered
                && sends
                && !lost
                && silenceTimeoutNanos > 0
                && nowNanos - lastReceivedNanos >= silenceTimeoutNanos) {
            lost = true;
            tasks.callBack(whenSilent);
        }
    }
}
