package org.paceline.dialer.time;

/**
 * One instant as two readings: monotonic nanoseconds for durations, epoch milliseconds for the law and for what is stored. The
 * second may step when the clock is set; the first never goes back.
 *
 * <p>Thread: any (immutable).
 */
public record Moment(long nanos, long epochMillis) {

    public Moment plusMillis(long millis) {
        return new Moment(nanos + millis * 1_000_000L, epochMillis + millis);
    }
}
