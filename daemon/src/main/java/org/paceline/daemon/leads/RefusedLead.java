package org.paceline.daemon.leads;

/**
 * A lead with its last refusal. Times are epoch milliseconds.
 *
 * @param e164 digits without {@code +}
 * @param retryAtEpochMillis when it is offered again, {@link Long#MAX_VALUE} where it is refused for good
 */
public record RefusedLead(
        long lead,
        long e164,
        String rule,
        String reason,
        String citation,
        long refusedAtEpochMillis,
        long retryAtEpochMillis) {}
