package org.paceline.daemon.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.CampaignFile;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.rules.yaml.ConfigProblem;

/** The API's answers, made from snapshots. Times are ISO-8601 in UTC, null where they never were. */
final class Views {

    private Views() {}

    record Agent(
            String id,
            String state,
            @Nullable String reason,
            @Nullable String since,
            List<String> campaigns,
            @Nullable String call,
            long callsTaken,
            int attemptsToday,
            Map<String, Long> secondsSpent) {}

    record Campaign(
            String id,
            boolean dialling,
            @Nullable String idleReason,
            @Nullable String idleUntil,
            String mode,
            double linesPerAgent,
            int agentsSignedIn,
            int agentsReady,
            Lines lines,
            Leads leads,
            long attempts,
            long answered,
            long abandoned,
            double abandonedPercent,
            Map<String, Long> outcomes,
            Map<String, Long> refusals,
            @Nullable File file) {}

    record Lines(int ringing, int waiting, int connected) {}

    /** Leads that this node holds; the list itself is in the database. */
    record Leads(int ready, int waiting) {}

    record File(String path, boolean valid, List<String> problems) {}

    record Refusals(
            String campaign,
            @Nullable String idleReason,
            @Nullable String idleUntil,
            Map<String, Long> byRule) {}

    record Trunk(
            String id,
            boolean up,
            @Nullable String reason,
            int channels,
            int channelsInUse,
            @Nullable String blockedUntil) {}

    static Agent agent(Snapshot.Agent agent) {
        return new Agent(
                agent.id().value(),
                agent.state().name(),
                agent.reason(),
                time(agent.sinceEpochMillis()),
                agent.campaigns().stream().map(CampaignId::value).sorted().toList(),
                agent.call() == null ? null : agent.call().toString(),
                agent.callsTaken(),
                agent.attemptsToday(),
                agent.spentMillis().entrySet().stream()
                        .collect(Collectors.toMap(
                                spent -> spent.getKey().name(),
                                spent -> spent.getValue() / 1000,
                                (a, b) -> a,
                                TreeMap::new)));
    }

    static Agent signedOut(DaemonConfig.Agent agent) {
        return new Agent(agent.id().value(), AgentState.SIGNED_OUT.name(), null, null, List.of(), null, 0, 0, Map.of());
    }

    static Campaign campaign(Snapshot.Campaign campaign, List<CampaignFile> files) {
        return new Campaign(
                campaign.id().value(),
                campaign.dialling(),
                campaign.idleReason(),
                time(campaign.idleUntilEpochMillis()),
                campaign.dialMode().toLowerCase(Locale.ROOT),
                campaign.linesPerAgent(),
                campaign.agentsSignedIn(),
                campaign.agentsReady(),
                new Lines(campaign.ringing(), campaign.waiting(), campaign.connected()),
                new Leads(campaign.readyLeads(), campaign.waitingLeads()),
                campaign.attempts(),
                campaign.answered(),
                campaign.abandoned(),
                Math.round(campaign.abandonedRatio() * 10_000) / 100.0,
                campaign.outcomes().entrySet().stream()
                        .collect(Collectors.toMap(
                                outcome -> outcome.getKey().name(), Map.Entry::getValue, Long::sum, TreeMap::new)),
                new TreeMap<>(campaign.refusals()),
                fileOf(campaign.id(), files));
    }

    static Refusals refusals(Snapshot.Campaign campaign) {
        return new Refusals(
                campaign.id().value(),
                campaign.idleReason(),
                time(campaign.idleUntilEpochMillis()),
                new TreeMap<>(campaign.refusals()));
    }

    static Trunk trunk(Snapshot.Trunk trunk) {
        return new Trunk(
                trunk.id().value(),
                trunk.up(),
                trunk.reason(),
                trunk.channels(),
                trunk.channelsInUse(),
                time(trunk.blockedUntilEpochMillis()));
    }

    static File file(CampaignFile file) {
        return new File(
                file.file().toString(),
                file.valid(),
                file.problems().stream().map(ConfigProblem::toString).toList());
    }

    private static @Nullable File fileOf(CampaignId campaign, List<CampaignFile> files) {
        return files.stream()
                .filter(file -> campaign.equals(file.inForce()))
                .findFirst()
                .map(Views::file)
                .orElse(null);
    }

    private static @Nullable String time(long epochMillis) {
        return epochMillis == 0 || epochMillis == Long.MAX_VALUE
                ? null
                : Instant.ofEpochMilli(epochMillis).toString();
    }
}
