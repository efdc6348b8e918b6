package org.paceline.daemon.leads;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.lead.LeadNext;

/**
 * Ends promised calls as their leads' attempts end: kept when an agent was connected, missed when no further attempt will be made.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class KeptPromises {
    private KeptPromises() {}

    /** Ends promises after attempts. */
    public static void afterAttempts(Handle handle, List<Effect.AttemptEnded> ended) {
        for (Effect.AttemptEnded entry : ended) {
            Long callback = entry.callback();
            if (callback != null) {
                CallDetails call = entry.call();
                if (call.outcome() == Outcome.CONNECTED) {
                    CallbackTable.done(handle, callback, call.call(), call.connectedAtEpochMillis());
                } else if (!(entry.next() instanceof LeadNext.RetryAt)) {
                    CallbackTable.endOfLead(handle, call.lead(), KeptCallback.State.MISSED);
                }
            }
        }
    }

    /** Ends promises of leads that were settled without an attempt. */
    public static void afterRefusals(Handle handle, List<Effect.LeadSettled> settled) {
        for (Effect.LeadSettled entry : settled) {
            if (entry.next() instanceof LeadNext.RefusedForGood) {
                CallbackTable.endOfLead(handle, entry.lead(), KeptCallback.State.MISSED);
            }
        }
    }
}
