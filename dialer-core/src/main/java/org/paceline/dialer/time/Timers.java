package org.paceline.dialer.time;

import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The engine's timers, in a wheel of about one millisecond a tick. They expire only in {@link #advance}, tick by tick.
 * Within a tick their order depends on nothing but the calls made before.
 *
 * <p>Thread: engine only.
 */
public final class Timers {
    /** No timer. */
    public static final long NONE = DeadlineTimerWheel.NULL_DEADLINE;

    private static final long TICK_NANOS = 1L << 20;
    private static final int TICKS_PER_WHEEL = 4096;

    /**
     * With at most so many timers it is worth looking for the next one, so that the ticks before it can be skipped at
     * once.
     */
    private static final int FEW = 64;

    private final DeadlineTimerWheel wheel;
    private final Long2ObjectHashMap<Runnable> actions = new Long2ObjectHashMap<>();
    /** No timer is due before this time. */
    private long quietUntilNanos;

    /** @param startNanos the monotonic time of the first moment */
    public Timers(long startNanos) {
        quietUntilNanos = startNanos;
        wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, startNanos, TICK_NANOS, TICKS_PER_WHEEL);
    }

    /** @return a handle for {@link #cancel} */
    public long schedule(long deadlineNanos, Runnable action) {
        long timer = wheel.scheduleTimer(deadlineNanos);
        if (deadlineNanos - quietUntilNanos < 0) {
            quietUntilNanos = deadlineNanos;
        }
        actions.put(timer, action);
        return timer;
    }

    /** Does nothing for {@link #NONE} and for a timer that expired. */
    public void cancel(long timer) {
        if (timer != NONE && actions.remove(timer) != null) {
            wheel.cancelTimer(timer);
        }
    }

    public void advance(long nowNanos) {
        if (wheel.timerCount() == 0 || nowNanos - quietUntilNanos < 0) {
            if (nowNanos - wheel.currentTickTime() > TICK_NANOS) {
                wheel.currentTickTime(nowNanos);
            }
            return;
        }
        while (wheel.timerCount() > 0 && wheel.currentTickTime() - nowNanos <= 0) {
            wheel.poll(nowNanos, this::expire, Integer.MAX_VALUE);
        }
        wheel.poll(nowNanos, this::expire, Integer.MAX_VALUE);
        quietUntilNanos = nowNanos;
        if (wheel.timerCount() <= FEW) {
            findNext(nowNanos);
        }
    }

    private void findNext(long nowNanos) {
        quietUntilNanos = nowNanos + TimeUnit.HOURS.toNanos(1);
        wheel.forEach((deadlineNanos, _) -> {
            if (deadlineNanos - quietUntilNanos < 0) {
                quietUntilNanos = deadlineNanos;
            }
        });
    }

    private boolean expire(TimeUnit unit, long nowNanos, long timer) {
        Runnable action = actions.remove(timer);
        if (action != null) {
            action.run();
        }
        return true;
    }
}
