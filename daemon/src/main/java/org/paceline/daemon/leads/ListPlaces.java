package org.paceline.daemon.leads;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadKind;

/**
 * Counts the stretches of a campaign's list as it is handed out. Leads of one stretch have the same standing in the
 * list's order, also where several leases make it up; each change of the standing begins the next stretch.
 *
 * <p>Thread: {@code leads} only.
 */
final class ListPlaces {
    private final Map<CampaignId, Stretch> last = new HashMap<>();

    /**
     * The standing that a list is ordered by, before the time that a lead falls due.
     *
     * @param kind null where a mix hands out both kinds together
     * @param grade an empty text for none
     */
    record Rank(int priority, @Nullable LeadKind kind, String grade) {}

    private record Stretch(Rank rank, int place) {}

    /** Returns the place of the campaign's next lead to be handed out: that of the lead before, or the next one. */
    int next(CampaignId campaign, Rank rank) {
        Stretch before = last.get(campaign);
        if (before != null && before.rank.equals(rank)) {
            return before.place;
        }
        int place = before == null ? 0 : before.place + 1;
        last.put(campaign, new Stretch(rank, place));
        return place;
    }
}
