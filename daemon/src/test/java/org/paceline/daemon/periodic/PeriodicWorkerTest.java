package org.paceline.daemon.periodic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.threads.ThreadSign;
import org.paceline.dialer.threads.ThreadWatch;

class PeriodicWorkerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final long PATIENCE_SECONDS = 30;

    private final AtomicLong nanos = new AtomicLong(7_000_000_000L);
    private final CompletableFuture<String> dead = new CompletableFuture<>();
    private final ThreadWatch threads = new ThreadWatch(System::nanoTime, (thread, _) -> dead.complete(thread));
    private final PeriodicWorkers workers = new PeriodicWorkers(threads, nanos::get);

    private PeriodicTask task(Duration period, PeriodicTask.Turn turn) {
        return new PeriodicTask("complaints", period, PeriodicTask.DATABASE_LIMIT, turn);
    }

    private PeriodicFigures figures() {
        return workers.figures().getFirst();
    }

    @Test
    void shouldTakeTurnsOnAThreadOfItsOwnUntilItIsClosed() throws Exception {
        CountDownLatch threeTurns = new CountDownLatch(3);
        List<String> ranOn = new ArrayList<>();
        PeriodicWorker worker = workers.worker(task(SHORT, () -> {
            ranOn.add(Thread.currentThread().getName());
            threeTurns.countDown();
        }));
        worker.start();
        assertThat(threeTurns.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(threads.signs()).extracting(ThreadSign::thread).containsExactly("complaints");

        worker.close();

        assertThat(threads.signs()).isEmpty();
        assertThat(ranOn).hasSize((int) figures().runs()).containsOnly("complaints");
    }

    @Test
    void shouldTakeTheFirstTurnAtOnce() throws Exception {
        CountDownLatch turns = new CountDownLatch(1);
        try (PeriodicWorker worker =
                workers.worker(new PeriodicTask("slow", Duration.ofDays(1), Duration.ofDays(2), turns::countDown))) {
            worker.start();
            assertThat(turns.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldWaitForOnePeriodWhenTheStateIsLoadedAlready() throws Exception {
        BlockingQueue<Long> turnsAtNanos = new LinkedBlockingQueue<>();
        Duration period = Duration.ofMillis(200);
        try (PeriodicWorker worker = workers.worker(task(period, () -> turnsAtNanos.add(System.nanoTime())))) {
            worker.turn();
            long startNanos = System.nanoTime();
            assertThat(turnsAtNanos.remove()).isLessThanOrEqualTo(startNanos);
            worker.startAfterLoading();
            Long first = turnsAtNanos.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(first).isNotNull().isGreaterThanOrEqualTo(startNanos + period.toNanos());
        }
    }

    @Test
    void shouldTakeTheFirstTurnAtOnceWhenTheLoadingFailed() throws Exception {
        CountDownLatch turns = new CountDownLatch(2);
        try (PeriodicWorker worker =
                workers.worker(new PeriodicTask("slow", Duration.ofDays(1), Duration.ofDays(2), () -> {
                    turns.countDown();
                    throw new SQLException("no answer");
                }))) {
            worker.turn();
            worker.startAfterLoading();
            assertThat(turns.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldCountTurnsAndFailuresAndTellHowOldTheLastSuccessIs() {
        AtomicInteger turn = new AtomicInteger();
        try (PeriodicWorker worker = workers.worker(task(SECOND, () -> {
            switch (turn.incrementAndGet()) {
                case 2 -> throw new SQLException("no answer");
                case 3 -> throw new UnableToExecuteStatementException("no answer");
                default -> {}
            }
        }))) {
            nanos.addAndGet(SECOND.toNanos());
            assertThat(figures()).isEqualTo(new PeriodicFigures("complaints", SECOND, 0, 0, SECOND));
            worker.turn();
            assertThat(figures()).isEqualTo(new PeriodicFigures("complaints", SECOND, 1, 0, Duration.ZERO));
            nanos.addAndGet(SECOND.toNanos());
            worker.turn();
            nanos.addAndGet(SECOND.toNanos());
            worker.turn();
            assertThat(figures()).isEqualTo(new PeriodicFigures("complaints", SECOND, 3, 2, SECOND.multipliedBy(2)));
            worker.turn();
            assertThat(figures()).isEqualTo(new PeriodicFigures("complaints", SECOND, 4, 2, Duration.ZERO));
        }
    }

    @Test
    void shouldTellOfATurnThatBrokeAsOfAThreadThatDied() throws Exception {
        try (PeriodicWorker worker = workers.worker(task(SHORT, () -> {
            throw new IllegalStateException("drill");
        }))) {
            worker.start();
            assertThat(dead.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("complaints");
        }
    }

    @Test
    void shouldEndALongTurnEarlyWhenClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<PeriodicWorker> itself = new CompletableFuture<>();
        PeriodicWorker worker = workers.worker(task(SHORT, () -> {
            begun.countDown();
            while (!itself.join().isClosed()) {
                Thread.onSpinWait();
            }
        }));
        itself.complete(worker);
        worker.start();
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        worker.close();

        assertThat(figures().runs()).isEqualTo(1);
        assertThat(threads.signs()).isEmpty();
    }

    @Test
    void shouldRefuseAPeriodThatItsLimitDoesNotCover() {
        assertThatThrownBy(() -> new PeriodicTask("slow", SECOND, SECOND, () -> {}))
                .hasMessage("task=slow period=PT1S limit=PT1S: 0 < period < limit");
        assertThatThrownBy(() -> new PeriodicTask("slow", Duration.ZERO, SECOND, () -> {}))
                .hasMessage("task=slow period=PT0S limit=PT1S: 0 < period < limit");
    }
}
