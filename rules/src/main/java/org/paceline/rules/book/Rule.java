package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/**
 * One compiled rule that does not depend on legal hours.
 *
 * <p>Thread: any (immutable). A dial that is permitted allocates nothing.
 */
interface Rule {
    RuleId id();

    /** Returns the policy or campaign that sets the rule. */
    String source();

    /** Returns what the rule allows, in one line. */
    String figure();

    String citation();

    /** Whether the rule depends on the called party's time zones. */
    default boolean isByZone() {
        return false;
    }

    /** Returns how far back the rule looks in the number's history, milliseconds. */
    default long reachMillis() {
        return 0;
    }

    /**
     * Returns the refusal, or null where the rule permits the dial.
     *
     * @param dayStartEpochMillis when today began in the number's zones; of several zones, the earliest start
     */
    @Nullable
    Refused judge(DialRequest request, long dayStartEpochMillis);

    default Refused refused(String reason, long retryAtEpochMillis) {
        return new Refused(id(), reason, citation(), retryAtEpochMillis);
    }
}
