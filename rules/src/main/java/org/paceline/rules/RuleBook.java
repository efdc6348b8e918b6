package org.paceline.rules;

import java.util.List;
import org.paceline.rules.AbandonmentTerms.ClockStart;

/**
 * The rules that bind one campaign, compiled from its policies. Judging is pure: no clock, no I/O, no lock.
 *
 * <p>Thread: any (immutable).
 */
public interface RuleBook {
    /** Judges one dial. The strictest policy decides; of several refusals, the one that ends last is returned. */
    Verdict judge(DialRequest request);

    /** Returns the caps on this attempt at this moment, for the journal to enforce again across nodes and restarts. */
    List<CapLimit> capLimits(DialRequest request);

    /**
     * Returns how far back a history must reach for {@link #judge} to be right, milliseconds; 0 where there is no cap.
     */
    long historyMillis();

    /**
     * Returns the most attempts that may be charged to one agent on one local day; {@link Integer#MAX_VALUE} where no
     * policy limits it.
     */
    int agentDayCap();

    /**
     * Returns the terms of each policy and of the campaign on abandoned calls, all of which must be met; never empty.
     */
    List<AbandonmentTerms> abandonments();

    /** Whether the time within which an agent must be joined depends on the called party's first words. */
    default boolean isGreetingAwaited() {
        for (AbandonmentTerms terms : abandonments()) {
            if (terms.clockStart() != ClockStart.ANSWER) {
                return true;
            }
        }
        return false;
    }

    /** Returns how long an unanswered call must ring by the strictest policy, milliseconds. */
    default long minimumRingMillis() {
        long longest = 0;
        for (AbandonmentTerms terms : abandonments()) {
            longest = Math.max(longest, terms.minimumRingMillis());
        }
        return longest;
    }
}
