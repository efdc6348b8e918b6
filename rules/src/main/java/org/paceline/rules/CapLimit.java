package org.paceline.rules;

/**
 * One cap at one moment, in the form that the attempt journal enforces in SQL: the attempt may be stored only while
 * fewer than {@code atMost} attempts of its scope stand at or after {@code sinceEpochMillis}.
 *
 * @param rule the rule that sets the cap
 * @param scope whose attempts count
 * @param sinceEpochMillis start of the period, epoch milliseconds, inclusive; {@link #EVER} to count all attempts
 * @param atMost how many attempts the period may hold, this one included; at least 1
 */
public record CapLimit(RuleId rule, Scope scope, long sinceEpochMillis, int atMost) {
    public static final long EVER = 0;

    /** The attempts that count. */
    public enum Scope {
        /** Attempts to the number, over all campaigns. */
        NUMBER,
        /** Attempts to the number by this campaign. */
        NUMBER_IN_CAMPAIGN,
        /** Attempts charged to the agent, over all campaigns. */
        AGENT,
        /** Attempts of this campaign. */
        CAMPAIGN
    }
}
