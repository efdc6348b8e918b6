package org.paceline.daemon.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.leads.ListOrder;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.book.CampaignRules;

/**
 * A campaign's file: the settings that the engine takes, and the facts that only the daemon needs.
 *
 * <p>Thread: any (immutable).
 *
 * @param settings the engine's settings, with the policies compiled
 * @param policies names of the policies that bind it, at least one
 * @param rules its own rules on top of its policies
 * @param dailyTarget its agents' target for a day; the node's where the file says nothing
 * @param followUpShare share of follow-ups among the leads that it dials, while both kinds are due, from 0 to 1; null
 * for no mix
 * @param script the script that its agents read from, or null
 */
public record CampaignConfig(
        Path file,
        CampaignSettings settings,
        Approval approval,
        List<String> policies,
        CampaignRules rules,
        DailyTarget dailyTarget,
        @Nullable Double followUpShare,
        @Nullable ScriptFile script) {

    public CampaignConfig {
        policies = List.copyOf(policies);
    }

    public CampaignId id() {
        return settings.id();
    }

    /** Returns the order in which its leads are handed out. */
    public ListOrder listOrder() {
        return new ListOrder(List.copyOf(rules.grades().keySet()), followUpShare);
    }

    /**
     * The approval: who gave it, and for how long.
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
