package org.paceline.daemon.leads;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.Refusal;

/**
 * What becomes of a lead that leaves the engine.
 *
 * @param attempts how many to add to the lead's count, 0 or 1
 * @param faults how many of these count against no retry plan
 * @param outcome the outcome of the attempt that ended, or null
 */
public record Settlement(
        LeadId lead,
        LeadNext next,
        int attempts,
        int faults,
        @Nullable Outcome outcome) {

    /** @param counts whether the database had the attempt as in flight until now */
    public static Settlement of(Effect.AttemptEnded ended, boolean counts) {
        int attempts = counts ? 1 : 0;
        return new Settlement(
                ended.call().lead(),
                ended.next(),
                attempts,
                ended.call().fault() == Fault.CALLEE ? 0 : attempts,
                ended.call().outcome());
    }

    /** Makes the settlement of a lead without an attempt. */
    public static Settlement of(Effect.LeadSettled settled) {
        return new Settlement(settled.lead(), settled.next(), 0, 0, null);
    }

    LeadStatus status() {
        return LeadStatus.after(next);
    }

    @Nullable
    Refusal refusal() {
        return switch (next) {
            case LeadNext.Done _, LeadNext.Untouched _ -> null;
            case LeadNext.RetryAt retry -> retry.refusal();
            case LeadNext.RefusedForGood refused -> refused.refusal();
        };
    }
}
