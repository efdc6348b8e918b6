package org.paceline.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;

/**
 * The stack's timers on a hashed wheel: constant cost to set and to cancel, however many transactions there are. The
 * stack sets a periodic one for every client transaction.
 *
 * <p>Thread: any; tasks run on {@code sip-wheel} and must be short.
 */
public final class WheelSipTimer implements SipTimer {

    private static final long TICK_MILLIS = 10;
    private static final int TICKS = 2048;
    private static final long BEAT_MILLIS = 500;
    private static final long LIMIT_MILLIS = 10_000;

    private final HashedWheelTimer wheel = new HashedWheelTimer(
            task -> {
                Thread thread = new Thread(task, "sip-wheel");
                thread.setDaemon(true);
                return thread;
            },
            TICK_MILLIS,
            TimeUnit.MILLISECONDS,
            TICKS);
    private volatile boolean started;
    private volatile @Nullable ThreadWatch watch;
    private volatile @Nullable Heartbeat heartbeat;

    @Override
    public void start(SipStackImpl sipStack, Properties configurationProperties) {
        start();
    }

    /** From then on an error on the timer's thread ends the process, and the thread gives signs of life. */
    void watchedBy(ThreadWatch threads) {
        watch = threads;
        heartbeat = threads.heartbeat("sip-wheel", LIMIT_MILLIS);
        beat();
    }

    private void beat() {
        Heartbeat ours = heartbeat;
        if (ours != null && started) {
            ours.beat();
            var _ = after(BEAT_MILLIS, this::beat);
        }
    }

    /** Runs the work so that an error is not lost: the wheel itself would log it and go on. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Error e) {
            ThreadWatch threads = watch;
            if (threads != null) {
                threads.died("sip-wheel", e);
            }
            throw e;
        }
    }

    void start() {
        started = true;
        wheel.start();
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delay) {
        return start(new WheelTask(task, 0), delay);
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delay, long period) {
        return start(new WheelTask(task, period), delay);
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        return task.getSipTimerTask() instanceof WheelTask wheelTask && wheelTask.cancel();
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public void stop() {
        started = false;
        wheel.stop();
        ThreadWatch threads = watch;
        Heartbeat ours = heartbeat;
        if (threads != null && ours != null) {
            threads.ended(ours);
        }
        Thread.currentThread().interrupt(); // ends the second that the stack sleeps next, when all sockets are closed
    }

    /** Runs a task of ours once, on the wheel's thread; never, where the timer has stopped. */
    Timeout after(long millis, Runnable task) {
        try {
            return wheel.newTimeout(_ -> guarded(task), millis, TimeUnit.MILLISECONDS);
        } catch (IllegalStateException _) { // a message that came while we stopped
            return new NeverRuns(wheel);
        }
    }

    private record NeverRuns(Timer timer) implements Timeout {
        @Override
        public TimerTask task() {
            return _ -> {};
        }

        @Override
        public boolean isExpired() {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return true;
        }

        @Override
        public boolean cancel() {
            return false;
        }
    }

    private boolean start(WheelTask task, long delayMillis) {
        if (!started) {
            // This happens with messages that were being handled when the stack was stopped.
            return false;
        }
        task.timeout = wheel.newTimeout(task, Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
        return true;
    }

    private final class WheelTask implements TimerTask {
        private final SIPStackTimerTask task;
        private final long periodMillis;
        private volatile @Nullable Timeout timeout;
        private volatile boolean cancelled;

        WheelTask(SIPStackTimerTask task, long periodMillis) {
            this.task = task;
            this.periodMillis = periodMillis;
            task.setSipTimerTask(this);
        }

        @Override
        public void run(Timeout expired) {
            if (cancelled) {
                return;
            }
            try {
                guarded(task::runTask);
            } finally {
                if (periodMillis > 0 && !cancelled && started) {
                    timeout = wheel.newTimeout(this, periodMillis, TimeUnit.MILLISECONDS);
                }
            }
        }

        boolean cancel() {
            if (cancelled) {
                return false;
            }
            cancelled = true;
            task.cleanUpBeforeCancel();
            Timeout pending = timeout;
            return pending != null && pending.cancel();
        }
    }
}
