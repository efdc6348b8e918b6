package org.paceline.dialer.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ThreadWatchTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final ThreadWatch watch =
            new ThreadWatch(nanos::get, (thread, cause) -> deaths.add(thread + ": " + cause.getMessage()));

    @Test
    void shouldTellTheFirstDeathOnlyAndNameEveryDeadThread() throws Exception {
        for (String name : List.of("recorder", "leads")) {
            Thread thread = watch.thread(name, 1_000, _ -> {
                throw new NoClassDefFoundError(name + " broke");
            });
            thread.start();
            thread.join();
        }

        assertThat(deaths).containsExactly("recorder: recorder broke");
        assertThat(watch.firstDeath()).isEqualTo("recorder");
        assertThat(watch.signs())
                .filteredOn(ThreadSign::dead)
                .extracting(ThreadSign::thread)
                .containsExactly("recorder", "leads");
    }

    @Test
    void shouldTellTheDeathOfAThreadOnceThoughItComesThroughTwoHands() {
        List<String> told = new CopyOnWriteArrayList<>();
        ThreadWatch forgetful = new ThreadWatch(nanos::get, (thread, cause) -> told.add(cause.getMessage()));
        forgetful.heartbeat("store", 1_000);
        Logger logger = (Logger) LoggerFactory.getLogger(ThreadWatch.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            forgetful
                    .guard("store", () -> {
                        IllegalStateException broken = new IllegalStateException("broken");
                        forgetful.died("store", broken);
                        throw broken;
                    })
                    .run();
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(told).containsExactly("broken");
        assertThat(lines.list).hasSize(1);
    }

    @Test
    void shouldForgetAThreadThatWasStopped() throws Exception {
        Thread thread = watch.thread("leads", 1_000, Heartbeat::beat);
        thread.start();
        thread.join();

        assertThat(watch.signs()).isEmpty();
        assertThat(deaths).isEmpty();
    }

    @Test
    void shouldSeeAThreadThatHangsAndThatItGoesOn() {
        Heartbeat heartbeat = watch.heartbeat("store", 1_000);
        nanos.set(1_000_000_000);
        assertThat(watch.signs()).containsExactly(new ThreadSign("store", 1_000, 1_000, false));
        assertThat(watch.signs().getFirst().isAlive()).isTrue();

        nanos.set(1_001_000_000);
        assertThat(watch.signs().getFirst().isAlive()).isFalse();

        heartbeat.beat();
        assertThat(watch.signs()).containsExactly(new ThreadSign("store", 0, 1_000, false));
    }

    @Test
    void shouldNotCallAThreadHungThatWaitsForWork() {
        Heartbeat heartbeat = watch.heartbeat("sip-socket", 1_000);
        heartbeat.idle();
        nanos.set(3_600_000_000_000L);
        assertThat(watch.signs().getFirst().isAlive()).isTrue();

        heartbeat.beat();
        nanos.addAndGet(2_000_000_000L);
        assertThat(watch.signs().getFirst().isAlive()).isFalse();
    }

    @Test
    void shouldKeepTheSignOfAThreadThatRuns() {
        CountDownLatch stop = new CountDownLatch(1);
        Thread thread = watch.thread("leads", 1_000, heartbeat -> {
            try {
                stop.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();

        await().until(() -> watch.signs().size() == 1);
        stop.countDown();
        await().until(() -> watch.signs().isEmpty());
    }

    @Test
    void shouldLetNothingOutOfGuardedWork() {
        watch.guard("rtp-1", () -> {
                    throw new IllegalStateException("broken");
                })
                .run();

        assertThat(deaths).containsExactly("rtp-1: broken");
    }
}
