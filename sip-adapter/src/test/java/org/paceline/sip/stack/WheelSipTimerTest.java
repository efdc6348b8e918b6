package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.stack.SIPStackTimerTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WheelSipTimerTest {

    private final WheelSipTimer timer = new WheelSipTimer();

    @BeforeEach
    void start() {
        timer.start();
    }

    @AfterEach
    void stop() {
        timer.stop();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRunATaskOnce() {
        Counted task = new Counted();
        timer.schedule(task, 20);
        awaitRuns(task, 1);
        Counted later = new Counted();
        timer.schedule(later, 100);
        awaitRuns(later, 1);

        assertThat(task.runs).hasValue(1);
        assertThat(task.thread).isEqualTo("sip-wheel");
    }

    @Test
    void shouldRepeatAPeriodicTaskUntilItIsCancelledThoughItFails() {
        Counted task = new Counted();
        task.fails = true;
        timer.scheduleWithFixedDelay(task, 10, 10);
        awaitRuns(task, 3);

        timer.cancel(task);
        int runs = task.runs.get();
        Counted later = new Counted();
        timer.schedule(later, 100);
        awaitRuns(later, 1);
        assertThat(task.runs.get()).isBetween(runs, runs + 1);
    }

    @Test
    void shouldNotRunACancelledTask() {
        Counted task = new Counted();
        timer.schedule(task, 50);
        assertThat(timer.cancel(task)).isTrue();
        assertThat(timer.cancel(task)).isFalse();
        Counted later = new Counted();
        timer.schedule(later, 150);
        awaitRuns(later, 1);

        assertThat(task.runs).hasValue(0);
        assertThat(task.cleanedUp).isTrue();
    }

    @Test
    void shouldTakeNothingOnceItIsStopped() {
        timer.stop();

        assertThat(timer.isStarted()).isFalse();
        assertThat(timer.schedule(new Counted(), 1)).isFalse();
        assertThat(timer.after(1, () -> {}).isCancelled()).isTrue();
    }

    private static void awaitRuns(Counted task, int runs) {
        Awaitility.await().until(() -> task.runs.get() >= runs);
    }

    private static final class Counted extends SIPStackTimerTask {
        private final AtomicInteger runs = new AtomicInteger();
        private volatile String thread = "";
        private volatile boolean cleanedUp;
        private volatile boolean fails;

        @Override
        public void runTask() {
            thread = Thread.currentThread().getName();
            runs.incrementAndGet();
            if (fails) {
                throw new IllegalStateException("as asked");
            }
        }

        @Override
        public void cleanUpBeforeCancel() {
            cleanedUp = true;
        }

        @Override
        public Object getThreadHash() {
            return "";
        }
    }
}
