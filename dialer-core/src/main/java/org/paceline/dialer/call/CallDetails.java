package org.paceline.dialer.call;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;

/**
 * An attempt that ended. Times are epoch milliseconds, 0 where that never happened.
 *
 * @param fault whose doing the end was
 * @param agent who was connected, or null
 * @param answerToConnectedMicros from the 200 OK to joined media, microseconds; −1 where never connected
 * @param greeting when the called party's first words began and ended, as far as they were heard
 * @param cost what it cost; null where no tariff says
 * @param scriptVersion of the script that the connected agent had, or null
 */
public record CallDetails(
        CallId call,
        LeadId lead,
        CampaignId campaign,
        Outcome outcome,
        Fault fault,
        CallCause cause,
        @Nullable AgentId agent,
        long dialledAtEpochMillis,
        long ringingAtEpochMillis,
        long answeredAtEpochMillis,
        long connectedAtEpochMillis,
        long endedAtEpochMillis,
        long answerToConnectedMicros,
        Greeting greeting,
        @Nullable CallCost cost,
        @Nullable String scriptVersion) {

    /** Makes details whose fault is the usual one of its outcome. */
    public CallDetails(
            CallId call,
            LeadId lead,
            CampaignId campaign,
            Outcome outcome,
            CallCause cause,
            @Nullable AgentId agent,
            long dialledAtEpochMillis,
            long ringingAtEpochMillis,
            long answeredAtEpochMillis,
            long connectedAtEpochMillis,
            long endedAtEpochMillis,
            long answerToConnectedMicros,
            Greeting greeting,
            @Nullable CallCost cost,
            @Nullable String scriptVersion) {
        this(
                call,
                lead,
                campaign,
                outcome,
                outcome.usualFault(),
                cause,
                agent,
                dialledAtEpochMillis,
                ringingAtEpochMillis,
                answeredAtEpochMillis,
                connectedAtEpochMillis,
                endedAtEpochMillis,
                answerToConnectedMicros,
                greeting,
                cost,
                scriptVersion);
    }
}
