package org.paceline.dialer.trunk;

/**
 * How calls with one caller ID have fared on this node since its start.
 *
 * <p>Thread: any (immutable).
 *
 * @param callerId E.164 digits without {@code +}
 * @param attempts attempts that were sent and are over
 * @param answered how many of these a person answered
 * @param blocked how many of these were blocked by a network that judged the caller ID (608 of RFC 8688, or 603
 * "Network Blocked")
 * @param lastBlockedAtEpochMillis when the last one was blocked, epoch milliseconds; 0 for never
 */
public record CallerIdHealth(long callerId, long attempts, long answered, long blocked, long lastBlockedAtEpochMillis) {

    CallerIdHealth ended(boolean isAnswered) {
        return new CallerIdHealth(
                callerId, attempts + 1, answered + (isAnswered ? 1 : 0), blocked, lastBlockedAtEpochMillis);
    }

    CallerIdHealth blockedAt(long epochMillis) {
        return new CallerIdHealth(callerId, attempts, answered, blocked + 1, epochMillis);
    }

    /** Share of the attempts that were blocked, 0–1. */
    public double blockedRatio() {
        return attempts == 0 ? 0 : (double) blocked / attempts;
    }
}
