package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/**
 * One compiled rule that does not turn on legal hours.
 *
 * <p>Thread: any (immutable). Permitting allocates nothing.
 */
interface Rule {
    RuleId id();

    /** The policy or campaign that sets it. */
    String source();

    /** What it allows, one line. */
    String figure();

    String citation();

    /** Whether the called party's time zones matter to it. */
    default boolean isByZone() {
        return false;
    }

    /** How far back the number's history matters to it, milliseconds. */
    default long reachMillis() {
        return 0;
    }

    /**
     * The refusal, or null where it permits.
     *
     * @param dayStartEpochMillis when the day began that is today in the number's zones, the earliest of them
     */
    @Nullable
    Refused judge(DialRequest request, long dayStartEpochMillis);

    default Refused refused(String reason, long retryAtEpochMillis) {
        return new Refused(id(), reason, citation(), retryAtEpochMillis);
    }
}
