package org.paceline.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.leads.ListOrder;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.rules.CampaignStanding.ApprovalState;
import org.paceline.rules.book.CampaignRules;

/**
 * A campaign's file.
 *
 * <p>Thread: any (immutable).
 *
 * @param policies names of the policies that bind it, at least one
 * @param callerId E.164 digits without {@code +}
 * @param trunks first choice first
 * @param agents how long talks and wrap-ups may take
 * @param calls what they are about and what may become of them
 * @param dailyTarget what its agents should do a day; the node's where it says nothing
 * @param demands on agents, to get its calls
 * @param rules what it demands on top of its policies; allotted caller IDs and recording are among it
 * @param followUpShare of the leads that it dials, while both kinds are due, from 0 to 1; null for no mix
 * @param recordingNotice WAV file that customer and agent hear before a recording begins, or null
 * @param abandonmentMessage WAV file that an abandoned caller hears, or null
 * @param script what its agents read from, or null
 */
public record CampaignConfig(
        Path file,
        CampaignId id,
        Approval approval,
        List<String> policies,
        long callerId,
        List<TrunkId> trunks,
        PacingSettings pacing,
        Duration ringLimit,
        AgentTerms agents,
        CallTerms calls,
        AgentDemands demands,
        DailyTarget dailyTarget,
        RetryPlan retries,
        CampaignRules rules,
        @Nullable Double followUpShare,
        @Nullable Path recordingNotice,
        @Nullable Path abandonmentMessage,
        @Nullable ScriptFile script) {

    /** In which order its leads are handed out. */
    public ListOrder listOrder() {
        return new ListOrder(List.copyOf(rules.grades().keySet()), followUpShare);
    }

    /**
     * Who let it run, and for how long.
     *
     * @param by who approved it, or null while nobody did
     * @param from first day, in the node's zone, or null for no beginning
     * @param until last day, or null for no end
     */
    public record Approval(
            ApprovalState state,
            @Nullable String by,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {}
}
