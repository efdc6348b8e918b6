package org.paceline.daemon.periodic;

import java.time.Duration;

/**
 * The figures of a periodic task.
 *
 * @param runs turns that are over, failed ones included
 * @param failures turns that failed because the database did not answer
 * @param sinceSuccess how long ago a turn succeeded, or the worker's age where none did
 */
public record PeriodicFigures(String task, Duration period, long runs, long failures, Duration sinceSuccess) {}
