package org.paceline.daemon.leads;

import java.util.List;
import java.util.Map;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.NumberPlan;

/** The desk over this node's database. Thread: any; may block. */
public final class SqlRefusalDesk implements RefusalDesk {
    private final RefusedLeads refused;
    private final NumberPlan numbers;

    public SqlRefusalDesk(Database database, NumberPlan numbers) {
        this.refused = new RefusedLeads(database);
        this.numbers = numbers;
    }

    @Override
    public List<RefusedLead> last(CampaignId campaign, long beforeEpochMillis, long beforeLead, int most) {
        return refused.last(campaign, beforeEpochMillis, beforeLead, most, this::masked);
    }

    @Override
    public Map<String, Long> byRule(CampaignId campaign) {
        return refused.byRule(campaign);
    }

    /** Masks a number; one that the numbering plan does not know any more shows no digit. */
    private String masked(long e164) {
        return switch (numbers.parse("+" + e164, null)) {
            case NumberPlan.Parsed.Valid valid -> valid.number().masked();
            case NumberPlan.Parsed.Rejected _ -> "+***";
        };
    }
}
