package org.paceline.daemon.leads;

/**
 * A lead with its last refusal, as stored.
 *
 * @param number the number, masked
 * @param rule the rule's id; a newer version may have stored one that this version does not know
 * @param reason why the rule refused
 * @param citation where the rule stands
 * @param refusedAtEpochMillis when the rules were asked
 * @param retryAtEpochMillis when the lead is offered again, or {@link org.paceline.rules.Verdict.Refused#NEVER}
 */
public record RefusedLead(
        long lead,
        String number,
        String rule,
        String reason,
        String citation,
        long refusedAtEpochMillis,
        long retryAtEpochMillis) {}
