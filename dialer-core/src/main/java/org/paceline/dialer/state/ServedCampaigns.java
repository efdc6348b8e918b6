package org.paceline.dialer.state;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.paceline.dialer.id.CampaignId;

/**
 * The campaigns that an agent is signed in to; sets and map never change.
 *
 * @param asked those asked for at sign-in
 * @param served those of them whose calls the agent gets
 * @param leftOut the others, with the reason
 */
record ServedCampaigns(Set<CampaignId> asked, Set<CampaignId> served, Map<CampaignId, String> leftOut) {
    static final ServedCampaigns NONE = new ServedCampaigns(Set.of(), Set.of(), Map.of());

    static ServedCampaigns of(Set<CampaignId> asked, Map<CampaignId, String> without) {
        Set<CampaignId> served = sorted(asked);
        served.removeAll(without.keySet());
        return new ServedCampaigns(
                Collections.unmodifiableSet(sorted(asked)),
                Collections.unmodifiableSet(served),
                Collections.unmodifiableMap(without));
    }

    ServedCampaigns allBut(Map<CampaignId, String> without) {
        return of(asked, without);
    }

    private static Set<CampaignId> sorted(Set<CampaignId> campaigns) {
        Set<CampaignId> sorted = new TreeSet<>(Comparator.comparing(CampaignId::value)); // the same order in every run
        sorted.addAll(campaigns);
        return sorted;
    }
}
