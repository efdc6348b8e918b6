package org.paceline.bench.pacing.world;

import java.util.ArrayDeque;

/**
 * Answered and abandoned calls of one campaign within a rolling window, to the nanosecond. The engine's own ledger,
 * which works in slices, is checked against it.
 *
 * <p>Thread: one at a time.
 */
final class AnswerWindow {
    /** How many answers a window must have, because a share of fewer says little. */
    static final int LEAST_ANSWERS = 100;

    private final long windowNanos;
    private final ArrayDeque<Long> answered = new ArrayDeque<>();
    private final ArrayDeque<Long> abandoned = new ArrayDeque<>();
    private long allAnswered;
    private long allAbandoned;
    private double worstRatio;

    AnswerWindow(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    void answered(long nowNanos) {
        allAnswered++;
        answered.addLast(nowNanos);
        advance(nowNanos);
    }

    /** Counts as abandoned a call that was counted as answered before. */
    void abandoned(long nowNanos) {
        allAbandoned++;
        abandoned.addLast(nowNanos);
        advance(nowNanos);
    }

    /** Forgets what has left the window. */
    void advance(long nowNanos) {
        while (!answered.isEmpty() && nowNanos - answered.getFirst() > windowNanos) {
            answered.removeFirst();
        }
        while (!abandoned.isEmpty() && nowNanos - abandoned.getFirst() > windowNanos) {
            abandoned.removeFirst();
        }
        if (answered.size() >= LEAST_ANSWERS) {
            worstRatio = Math.max(worstRatio, (double) abandoned.size() / answered.size());
        }
    }

    long allAnswered() {
        return allAnswered;
    }

    long allAbandoned() {
        return allAbandoned;
    }

    /** Returns the share of all answered calls that were abandoned, 0 to 1. */
    double ratio() {
        return allAnswered == 0 ? 0 : (double) allAbandoned / allAnswered;
    }

    /** Returns the largest share at any moment whose window had at least {@value #LEAST_ANSWERS} answers, 0 to 1. */
    double worstRatio() {
        return worstRatio;
    }
}
