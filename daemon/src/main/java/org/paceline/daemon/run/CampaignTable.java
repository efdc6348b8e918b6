package org.paceline.daemon.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.watch.ConfigWatch;
import org.paceline.daemon.leads.ListOrder;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.port.EventSink;
import org.paceline.rules.RecordingDirective;

/** The campaigns in force, by name. Thread: any. */
final class CampaignTable {
    private final Map<CampaignId, CampaignConfig> campaigns = new ConcurrentHashMap<>();

    /** The scripts of removed campaigns, whose calls may still go on: one for each name at most. */
    private final Map<CampaignId, ScriptFile> lastScripts = new ConcurrentHashMap<>();

    CampaignTable(List<CampaignConfig> campaigns) {
        campaigns.forEach(campaign -> this.campaigns.put(campaign.id(), campaign));
    }

    /**
     * @param seen the campaigns that the engine shows; campaigns in force that the engine has not taken up yet come
     * after them, by name
     */
    List<Snapshot.CampaignStatus> with(List<Snapshot.CampaignStatus> seen) {
        Set<CampaignId> taken = seen.stream().map(Snapshot.CampaignStatus::id).collect(Collectors.toSet());
        Stream<Snapshot.CampaignStatus> others = campaigns.values().stream()
                .filter(campaign -> !taken.contains(campaign.id()))
                .sorted(Comparator.comparing(campaign -> campaign.id().value()))
                .map(campaign -> Snapshot.CampaignStatus.notTakenUp(campaign.settings()));
        return Stream.concat(seen.stream(), others).toList();
    }

    /** Returns the script that a campaign's agents read from, or null; for a removed campaign, the last one. */
    @Nullable
    ScriptFile script(CampaignId id) {
        CampaignConfig campaign = campaigns.get(id);
        return campaign == null ? lastScripts.get(id) : campaign.script();
    }

    /** Returns how a campaign retries, or null where it is not configured (any more). */
    @Nullable
    RetryPlan retryPlan(CampaignId id) {
        CampaignConfig campaign = campaigns.get(id);
        return campaign == null ? null : campaign.settings().retries();
    }

    /** Returns how late a callback may be and still be on time, by campaign, milliseconds. */
    Map<String, Long> onTimeMillis() {
        return campaigns.values().stream()
                .collect(Collectors.toMap(
                        campaign -> campaign.id().value(),
                        campaign -> campaign.settings().calls().callbacks().onTimeMillis()));
    }

    /**
     * Returns the target of a campaign's agents for a day; {@code otherwise} where the campaign is not configured (any
     * more).
     */
    DailyTarget dailyTarget(CampaignId id, DailyTarget otherwise) {
        CampaignConfig campaign = campaigns.get(id);
        return campaign == null ? otherwise : campaign.dailyTarget();
    }

    /** Returns how far back a campaign's rules look, milliseconds. */
    long historyMillis(CampaignId id) {
        CampaignConfig campaign = campaigns.get(id);
        return campaign == null ? 0 : campaign.settings().rules().historyMillis();
    }

    /** Returns the order in which a campaign's leads are handed out. */
    ListOrder listOrder(CampaignId id) {
        CampaignConfig campaign = campaigns.get(id);
        return campaign == null ? ListOrder.PLAIN : campaign.listOrder();
    }

    /** Returns the settings in force. */
    List<CampaignSettings> settings() {
        return campaigns.values().stream().map(CampaignConfig::settings).toList();
    }

    boolean anyDemandsRecording() {
        return campaigns.values().stream()
                .anyMatch(campaign -> campaign.settings().recording() == RecordingDirective.ALWAYS);
    }

    /**
     * Makes a listener that takes campaigns that come into force and tells the engine of them.
     *
     * @param scripts keeps their scripts
     * @param judgeAgain takes a campaign whose refused leads are to be judged anew
     */
    ConfigWatch.Listener tellingOf(
            EventSink engine, Consumer<CampaignConfig> scripts, Consumer<CampaignId> judgeAgain) {
        return new ConfigWatch.Listener() {
            @Override
            public void configured(CampaignConfig campaign) {
                campaigns.put(campaign.id(), campaign);
                lastScripts.remove(campaign.id());
                engine.publish(new Event.CampaignConfigured(campaign.settings()));
                scripts.accept(campaign);
                judgeAgain.accept(campaign.id());
            }

            @Override
            public void removed(CampaignId campaign) {
                CampaignConfig last = campaigns.get(campaign);
                if (last != null && last.script() != null) {
                    lastScripts.put(campaign, last.script());
                }
                campaigns.remove(campaign);
                engine.publish(new Event.CampaignRemoved(campaign));
            }
        };
    }
}
