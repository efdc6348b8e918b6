package org.paceline.dialer.lead;

import org.paceline.rules.Verdict;

/**
 * A refusal of one dial, in the same form from the engine to the database and to everyone who asks for it.
 *
 * @param verdict rule, reason, where the rule stands, and when it permits the dial
 * @param atEpochMillis when the rules were asked, epoch milliseconds, by the engine's clock
 */
public record Refusal(Verdict.Refused verdict, long atEpochMillis) {

    /** Whether the refusal is for good: no later moment makes the dial right. */
    public boolean isForGood() {
        return verdict.retryAtEpochMillis() == Verdict.Refused.NEVER;
    }
}
