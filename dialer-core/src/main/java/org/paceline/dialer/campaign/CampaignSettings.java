package org.paceline.dialer.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleBook;

/**
 * A campaign as its file has it. A changed file makes a new one; the engine swaps it in whole.
 *
 * @param budget whose money pays for its calls
 * @param callerIds which caller ID each call presents
 * @param trunks the trunks it may use, first choice first; never empty
 * @param ringLimitMillis how long an unanswered call rings
 * @param agents how long talks and wrap-ups may take
 * @param calls what they are about and what may become of them
 * @param demands on agents, to get its calls
 * @param recordingNotice what customer and agent hear before a recording begins, or null for none
 * @param abandonmentMessage what an abandoned caller hears, or null to hang up at once
 * @param script what agents read from, or null
 */
public record CampaignSettings(
        CampaignId id,
        CampaignApproval approval,
        RuleBook rules,
        RetryPlan retries,
        PacingSettings pacing,
        Budget budget,
        CallerIdPlan callerIds,
        List<TrunkId> trunks,
        long ringLimitMillis,
        AgentTerms agents,
        CallTerms calls,
        AgentDemands demands,
        RecordingDirective recording,
        @Nullable Announcement recordingNotice,
        @Nullable Announcement abandonmentMessage,
        @Nullable Script script) {

    public CampaignSettings {
        trunks = List.copyOf(trunks);
        if (trunks.isEmpty()) {
            throw new IllegalArgumentException("trunks is empty: a campaign needs at least one");
        }
    }
}
