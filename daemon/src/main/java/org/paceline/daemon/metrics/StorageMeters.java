package org.paceline.daemon.metrics;

import java.time.Duration;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.periodic.PeriodicFigures;

/** The figures of the embedded database and of periodic tasks. Thread: one at a time. */
final class StorageMeters {
    private final Meters meters;

    StorageMeters(Meters meters) {
        this.meters = meters;
    }

    void periodic(PeriodicFigures task) {
        String[] tags = {"task", task.task()};
        meters.counter("paceline.periodic.runs", "Turns of a periodic task, failed ones included", task.runs(), tags);
        meters.counter("paceline.periodic.failures", "Of these, failed", task.failures(), tags);
        meters.gauge("paceline.periodic.period.seconds", "Time between two turns", seconds(task.period()), tags);
        meters.gauge(
                "paceline.periodic.success.age.seconds",
                "Time since a turn went well, or since the start where none did",
                seconds(task.sinceSuccess()),
                tags);
    }

    void storage(StorageFigures figures) {
        Copies.Made copy = figures.newest();
        meters.gauge(
                "paceline.storage.copy.age.seconds",
                "Time since the newest copy was made or found complete, or since the start where there is none",
                seconds(figures.age()));
        meters.gauge("paceline.storage.copy.record", "Last record in the newest copy", (double) copy.number());
        meters.gauge("paceline.storage.copy.rows", "Rows of the newest copy", (double) copy.rows());
        meters.gauge("paceline.storage.copy.bytes", "Size of the newest copy", (double) copy.bytes());
        meters.gauge(
                "paceline.storage.copy.duration.seconds", "How long the newest copy took", copy.millis() / 1_000.0);
        meters.counter("paceline.storage.copies.failed", "Copies that could not be made", figures.failed());
        meters.gauge("paceline.redo.log.record", "Last record of the redo log", (double)
                figures.log().last());
        meters.gauge("paceline.redo.log.records", "Records that the redo log holds", (double)
                figures.log().records());
        meters.gauge("paceline.redo.log.bytes", "Size of the redo log's files", (double)
                figures.log().bytes());
        mended(
                "rebuilt",
                "1 where the database was made again at this start",
                figures.opening().rebuilt());
        mended(
                "log.cut",
                "1 where a torn end of the redo log was cut off at this start",
                figures.opening().cut());
        mended(
                "log.lacking",
                "1 where the redo log lacked records at this start",
                figures.opening().lacking());
    }

    private void mended(String name, String help, String reason) {
        meters.gauge("paceline.storage." + name, help, reason.isEmpty() ? 0 : 1, "reason", reason);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
