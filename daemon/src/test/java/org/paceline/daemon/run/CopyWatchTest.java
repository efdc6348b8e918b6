package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.api.HealthCheck;
import org.paceline.daemon.gate.BadDatabaseException;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Opening;
import org.paceline.daemon.metrics.StorageFigures;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.daemon.redo.LogExtent;
import org.paceline.dialer.threads.ThreadWatch;

/** What is told of the copies; turns are taken by hand, and time passes when the test says so. */
class CopyWatchTest {
    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final Copies.Made COPY = new Copies.Made("/data/paceline.redo/7.copy", 7, 120, 4_800, 250);

    private final FakeStorage storage = new FakeStorage();
    private final List<String> failures = new ArrayList<>();
    private long nanos = TimeUnit.DAYS.toNanos(3);
    private @Nullable CopyWatch watch;

    private static final class FakeStorage implements CopyWatch.Storage {
        private Copies.Made newest = COPY;
        private @Nullable Exception fault;
        private Opening opening = new Opening("", "", "");
        private final List<String> asked = new ArrayList<>();
        private boolean isCancelled;

        @Override
        public Copies.Made refresh() throws SQLException, IOException {
            switch (fault) {
                case null -> {}
                case IOException io -> throw io;
                case SQLException sql -> throw sql;
                default -> throw new IllegalStateException(fault);
            }
            return newest;
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }

        @Override
        public LogExtent log() {
            return new LogExtent(3, 9, 5_000);
        }

        @Override
        public Opening opening() {
            return opening;
        }

        @Override
        public void askRebuild(String reason) {
            asked.add(reason);
        }
    }

    private CopyWatch watch() {
        if (watch == null) {
            watch = new CopyWatch(
                    storage,
                    EVERY,
                    failures::add,
                    () -> nanos,
                    new PeriodicWorkers(new ThreadWatch(() -> nanos, (_, _) -> {})));
        }
        return watch;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @AfterEach
    void close() {
        watch().close();
    }

    @Test
    void shouldTellTheNewestCopyAndItsAge() {
        watch().turn();
        pass(Duration.ofSeconds(61));

        assertThat(watch().check()).isEqualTo(new HealthCheck("storage", true, false, "copy up to record 7"));
        assertThat(watch().figures())
                .isEqualTo(new StorageFigures(
                        Duration.ofSeconds(61), COPY, 0, new LogExtent(3, 9, 5_000), new Opening("", "", "")));
        assertThat(watch().figures().log().records()).isEqualTo(7);
    }

    @Test
    void shouldBeYoungAgainWhenTheNewestCopyStillHoldsAll() {
        watch().turn();
        pass(EVERY);
        watch().turn();

        assertThat(watch().figures().age()).isZero();
    }

    @Test
    void shouldCancelTheCopyUnderWayWhenItIsClosed() {
        watch().close();

        assertThat(storage.isCancelled).isTrue();
    }

    @Test
    void shouldBeUpBeforeTheFirstCopyIsDone() {
        watch();
        pass(Duration.ofMinutes(1));

        assertThat(watch().check()).isEqualTo(new HealthCheck("storage", true, false, "no copy yet"));
        assertThat(watch().figures().newest()).isEqualTo(new Copies.Made("", 0, 0, 0, 0));
    }

    @Test
    void shouldBeDownWhenNoCopyCouldBeMadeForTwiceThePeriod() {
        watch().turn();
        storage.fault = new IOException("No space left on device");
        pass(EVERY);
        watch().turn();
        assertThat(watch().check())
                .isEqualTo(new HealthCheck(
                        "storage", true, false, "copy up to record 7; the last copy failed: No space left on device"));

        pass(EVERY);
        watch().turn();
        pass(Duration.ofSeconds(1));
        assertThat(watch().check())
                .isEqualTo(new HealthCheck(
                        "storage",
                        false,
                        false,
                        "copy up to record 7; for 1801 s no copy could be made: No space left on device"));
        assertThat(watch().figures().failed()).isEqualTo(2);
    }

    @Test
    void shouldBeDownWhenACopyUnderWayDoesNotEnd() {
        watch().turn();
        pass(EVERY.multipliedBy(3));

        assertThat(watch().check())
                .isEqualTo(new HealthCheck(
                        "storage", false, false, "copy up to record 7; for 2700 s no copy could be made"));
    }

    @Test
    void shouldBeUpAgainWhenACopySucceeds() {
        storage.fault = new SQLException("Database is closed; SQL statement:\nSELECT");
        watch().turn();
        pass(EVERY.multipliedBy(3));
        assertThat(watch().check().detail())
                .isEqualTo("no copy yet; for 2700 s no copy could be made: Database is closed");

        storage.fault = null;
        watch().turn();
        assertThat(watch().check()).isEqualTo(new HealthCheck("storage", true, false, "copy up to record 7"));
    }

    @Test
    void shouldBeDownForADayAndTellItEverAfterWhenTheDatabaseWasMadeAgain() {
        storage.opening = new Opening("", "", "its file is gone");
        watch().turn();
        HealthCheck down = new HealthCheck(
                "storage",
                false,
                false,
                "copy up to record 7; the database was made again at this start: its file is gone");
        assertThat(watch().check()).isEqualTo(down);

        pass(Duration.ofDays(1));
        watch().turn();
        assertThat(watch().check()).isEqualTo(new HealthCheck("storage", true, false, down.detail()));
    }

    @Test
    void shouldTellWhatWasCutAndLackingWhileUp() {
        storage.opening = new Opening("7.redo ended in the middle of record 9", "the log ended at 4", "");
        watch().turn();

        assertThat(watch().check())
                .isEqualTo(new HealthCheck(
                        "storage",
                        true,
                        false,
                        "copy up to record 7; the redo log was cut at this start: 7.redo ended in the middle of record 9;"
                                + " the redo log began anew at this start: the log ended at 4"));
    }

    @Test
    void shouldAskForARebuildAndEndTheProcessWhenTheDatabaseFailsItsCheck() {
        storage.fault = new BadDatabaseException("table lead has 3 rows, should have 4");
        watch().turn();

        assertThat(storage.asked).containsExactly("it failed its check: table lead has 3 rows, should have 4");
        assertThat(failures)
                .containsExactly("the database failed its check: table lead has 3 rows, should have 4;"
                        + " the next start makes it again");
    }

    @Test
    void shouldEndTheDaemonAndAskForTheDatabaseAnewWhenItsFileIsDamaged() throws Exception {
        storage.fault = new SQLException("File corrupted while reading record: 7", "90030", 90_030);
        watch().turn();

        assertThat(storage.asked).containsExactly("it failed its check: File corrupted while reading record: 7");
        assertThat(failures).hasSize(1);
    }
}
