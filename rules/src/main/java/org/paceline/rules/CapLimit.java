package org.paceline.rules;

/**
 * One cap at one moment, in the form that the attempt journal enforces in SQL: the attempt may be recorded only while
 * fewer than {@code atMost} attempts of its scope stand at or after {@code sinceEpochMillis}.
 *
 * @param rule that caps
 * @param scope whose attempts count
 * @param sinceEpochMillis start of the period, epoch milliseconds, inclusive; {@link #EVER} for all that there are
 * @param atMost how many attempts the period may hold, this one included; at least 1
 */
public record CapLimit(RuleId rule, Scope scope, long sinceEpochMillis, int atMost) {
    public static final long EVER = 0;

    /** Whose attempts count. */
    public enum Scope {
        /** Those to the number, over all campaigns. */
        NUMBER,
        /** Those to the number by this campaign. */
        NUMBER_IN_CAMPAIGN,
        /** Those charged to the agent, over all campaigns. */
        AGENT,
        /** Those of this campaign. */
        CAMPAIGN
    }
}
