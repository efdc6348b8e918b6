package org.paceline.dialer.campaign;

/**
 * How a campaign keeps callbacks.
 *
 * @param personalGraceMillis how long after its due time a personal one waits for its agent, before any agent gets it
 * @param onTimeMillis how long after its due time one that is connected is still on time
 */
public record CallbackTerms(long personalGraceMillis, long onTimeMillis) {
    public static final CallbackTerms DEFAULT = new CallbackTerms(30 * 60_000, 15 * 60_000);

    public CallbackTerms {
        if (personalGraceMillis < 0 || onTimeMillis < 0) {
            throw new IllegalArgumentException("personalGraceMillis=" + personalGraceMillis + " onTimeMillis="
                    + onTimeMillis + ": none may be below 0");
        }
    }
}
