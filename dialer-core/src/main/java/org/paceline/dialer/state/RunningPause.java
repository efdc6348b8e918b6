package org.paceline.dialer.state;

import org.paceline.dialer.agent.Pause;

/**
 * The pause of an agent from its begin to its end, through losses of the line.
 *
 * <p>Thread: engine only.
 */
final class RunningPause {
    private final Pause pause;
    private final long beganAtNanos;
    private boolean isTooLong;

    /** @param beganAtNanos monotonic */
    RunningPause(Pause pause, long beganAtNanos) {
        this.pause = pause;
        this.beganAtNanos = beganAtNanos;
    }

    Pause pause() {
        return pause;
    }

    long beganAtNanos() {
        return beganAtNanos;
    }

    boolean isBreak() {
        return pause.isBreak();
    }

    /** Whether the pause that begins is this one, which a lost line interrupted. */
    boolean goesOnAs(Pause begun) {
        return begun.code() != null && begun.code().equals(pause.code());
    }

    /** Marks it as longer than it may be; returns whether it was not so before. */
    boolean passesLimit() {
        boolean isNew = !isTooLong;
        isTooLong = true;
        return isNew;
    }
}
