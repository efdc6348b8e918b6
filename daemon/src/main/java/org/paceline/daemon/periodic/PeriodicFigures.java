package org.paceline.daemon.periodic;

import java.time.Duration;

/**
 * How a periodic task goes.
 *
 * @param runs turns that are over, failed ones included
 * @param failures turns that failed, as the database did not answer
 * @param sinceSuccess how long ago a turn went well, or how old the worker is where none did
 */
public record PeriodicFigures(String task, Duration period, long runs, long failures, Duration sinceSuccess) {}
