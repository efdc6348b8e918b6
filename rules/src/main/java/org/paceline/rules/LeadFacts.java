package org.paceline.rules;

import org.jspecify.annotations.Nullable;

/**
 * The facts that rules need about the lead that the number belongs to.
 *
 * @param named whether the lead has a name
 * @param grade the lead's grade as its list gives it, or null
 * @param attempts earlier attempts of this lead, in this campaign
 * @param consentEpochMillis when the called party consented to be called, epoch milliseconds; {@link #NEVER} for never
 */
public record LeadFacts(boolean named, @Nullable String grade, int attempts, long consentEpochMillis) {
    public static final long NEVER = Long.MIN_VALUE;

    /** A lead of which only the number is known. */
    public static final LeadFacts UNKNOWN = new LeadFacts(false, null, 0, NEVER);

    public LeadFacts {
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts=" + attempts + ": must be at least 0");
        }
    }
}
