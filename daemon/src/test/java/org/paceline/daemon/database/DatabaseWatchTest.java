package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.database.DatabaseWatch.Work;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.LoggerFactory;

class DatabaseWatchTest {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicReference<DatabaseWatch.Probe> probe = new AtomicReference<>(() -> {});
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final DatabaseWatch watch = new DatabaseWatch(
            () -> probe.get().ask(),
            fault -> told.add(fault == null ? "answers" : fault),
            ThreadWatch.endingTheProcess());

    @AfterEach
    void stop() {
        hanging.countDown();
        watch.close();
    }

    private String next() throws InterruptedException {
        return told.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellOfAFailureUntilTheSameWorkSucceeds() throws Exception {
        watch.begin(Work.JOURNAL);
        watch.failed(Work.JOURNAL, new SQLException("connection refused", "08001"));
        watch.start();
        assertThat(next()).isEqualTo("storing attempts: connection refused");
        watch.succeeded(Work.STORE);
        assertThat(watch.fault()).isNotNull();
        watch.succeeded(Work.JOURNAL);
        assertThat(next()).isEqualTo("answers");
    }

    @Test
    void shouldCountTheFailuresWhileItLastsAndTellThemWhenItIsOver() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(DatabaseWatch.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            watch.failed(Work.JOURNAL, new SQLException("connection refused", "08001"));
            watch.start();
            next();
            watch.failed(Work.JOURNAL, new SQLException("connection refused", "08001"));
            watch.failed(Work.STORE, new SQLException("connection refused", "08001"));
            watch.failed(Work.STORE, new SQLException("value too long", "22001"));
            watch.succeeded(Work.STORE);
            watch.succeeded(Work.JOURNAL);
            while (!"answers".equals(next())) {
                assertThat(told).as("told what else it is").hasSizeLessThan(9);
            }
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "event=database-does-not-answer reason=\"storing attempts: connection refused\""
                                + " effect=\"nothing is dialled\"",
                        "event=database-answers-again failures=3");
    }

    @Test
    void shouldTellOfAStatementThatDoesNotComeBack() throws Exception {
        watch.start();
        watch.begin(Work.STORE);
        assertThat(next()).isEqualTo("writing what happened: no answer for more than 2 s");
        watch.succeeded(Work.STORE);
        assertThat(next()).isEqualTo("answers");
    }

    @Test
    void shouldTellOfAProbeThatFailsOrHangs() throws Exception {
        probe.set(() -> {
            throw new SQLException("the server is read-only", "25006");
        });
        watch.start();
        assertThat(next()).isEqualTo("asking whether it is there: the server is read-only");
        probe.set(() -> {});
        assertThat(next()).isEqualTo("answers");
        probe.set(hanging::await);
        assertThat(next()).isEqualTo("asking whether it is there: no answer for more than 2 s");
    }

    @Test
    void shouldTakeWhatTheDatabaseRefusesAsWrongDataForAnAnswer() {
        watch.failed(Work.STORE, new IllegalStateException(new SQLException("value too long", "22001")));
        assertThat(watch.fault()).isNull();
    }
}
