package org.paceline.daemon.config.read;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.Campaign;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.rules.CampaignStanding;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.book.RuleBooks;
import org.paceline.rules.policy.Policy;

/** From a campaign's file and its policies to what the engine takes. */
final class CampaignCompiler {

    private CampaignCompiler() {}

    /** @param zone the node's, whose midnights begin and end the approval's days */
    static Campaign compile(CampaignConfig config, List<Policy> policies, ZoneId zone) {
        CampaignSettings settings = new CampaignSettings(
                config.id(),
                standing(config.approval(), zone),
                RuleBooks.compile(policies, config.rules()),
                config.retries(),
                config.pacing(),
                config.rules().budget(),
                config.callerId(),
                config.trunks(),
                config.ringLimit().toMillis(),
                config.agents(),
                config.calls(),
                config.demands(),
                recording(config, policies),
                announcement(config.recordingNotice()),
                announcement(config.abandonmentMessage()),
                config.script() == null ? null : config.script().toScript());
        return new Campaign(config, settings);
    }

    private static @Nullable Announcement announcement(@Nullable Path file) {
        return file == null ? null : new Announcement(file.toString());
    }

    private static CampaignStanding standing(CampaignConfig.Approval approval, ZoneId zone) {
        LocalDate until = approval.until();
        return new CampaignStanding(
                approval.state(),
                startOf(approval.from(), zone, 0),
                startOf(until == null ? null : until.plusDays(1), zone, Long.MAX_VALUE));
    }

    private static long startOf(@Nullable LocalDate day, ZoneId zone, long otherwise) {
        return day == null ? otherwise : day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static RecordingDirective recording(CampaignConfig config, List<Policy> policies) {
        boolean demanded = policies.stream().anyMatch(policy -> policy.duties().recording() != null);
        return demanded ? RecordingDirective.ALWAYS : config.rules().recording();
    }
}
