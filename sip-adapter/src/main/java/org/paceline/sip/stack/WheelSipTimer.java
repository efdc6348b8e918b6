package org.paceline.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The stack's timers on a hashed wheel: constant cost to set and to cancel, however many transactions ring. The stack
 * sets a periodic one for every client transaction.
 *
 * <p>Thread: any; tasks run on {@code sip-wheel} and must be short.
 */
public final class WheelSipTimer implements SipTimer {

    private static final long TICK_MILLIS = 10;
    private static final int TICKS = 2048;

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

    @Override
    public void start(SipStackImpl sipStack, Properties configurationProperties) {
        start();
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
    }

    /** Runs a task of ours once, on the wheel's thread. */
    Timeout after(long millis, Runnable task) {
        return wheel.newTimeout(timeout -> task.run(), millis, TimeUnit.MILLISECONDS);
    }

    private boolean start(WheelTask task, long delayMillis) {
        if (!started) {
            // Messages that were being handled when the stack was stopped.
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
                task.runTask();
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
