package org.paceline.daemon.config.read;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.policy.Policy;

/** Compiles a campaign's file and its policies into the engine's settings. */
final class CampaignCompiler {

    private CampaignCompiler() {}

    /** @param zone the node's zone, whose midnights begin and end the approval's days */
    static CampaignApproval approval(CampaignConfig.Approval approval, ZoneId zone) {
        LocalDate until = approval.until();
        return new CampaignApproval(
                approval.state(),
                startOf(approval.from(), zone, 0),
                startOf(until == null ? null : until.plusDays(1), zone, Long.MAX_VALUE));
    }

    private static long startOf(@Nullable LocalDate day, ZoneId zone, long otherwise) {
        return day == null ? otherwise : day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** Returns how calls are recorded. A policy that demands recording is stricter than any campaign. */
    static RecordingDirective recording(CampaignRules rules, List<Policy> policies) {
        boolean demanded = policies.stream().anyMatch(policy -> policy.duties().recording() != null);
        return demanded ? RecordingDirective.ALWAYS : rules.recording();
    }
}
