package org.paceline.daemon.leads;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.paceline.dialer.event.Effect;

/**
 * Writes agents' decisions on leads: that a lead is done, or is promised another call.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class LeadDecisions {
    private LeadDecisions() {}

    /** @param decisions the decisions in their order; the last one for a lead applies */
    public static void write(Handle handle, List<Effect.Entry> decisions) {
        for (Effect.Entry decision : decisions) {
            if (decision instanceof Effect.LeadFinished finished) {
                CallbackTable.endOfLead(
                        handle, finished.lead(), KeptCallback.State.CANCELLED, finished.atEpochMillis());
                if (!finished.settled()) {
                    LeadSettlements.finish(handle, finished.lead());
                }
            } else if (decision instanceof Effect.CallbackMade made) {
                var _ = CallbackTable.make(handle, promise(made));
            }
        }
    }

    private static CallbackTable.Promise promise(Effect.CallbackMade made) {
        return new CallbackTable.Promise(
                made.lead().value(),
                made.agent() == null ? null : made.agent().value(),
                made.dueEpochMillis(),
                made.attempts(),
                made.madeBy(),
                made.note(),
                made.settled(),
                made.atEpochMillis());
    }
}
