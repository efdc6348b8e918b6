package org.paceline.daemon.leads;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.calls.NumberHistories;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.LeadFacts;

/**
 * Looks up the database's facts about one number, for people who ask why it is or is not called.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class NumberLookup {
    private static final String FACTS =
            "SELECT name, grade, attempts, consent_at FROM lead WHERE campaign = :campaign AND e164 = :e164";

    private NumberLookup() {}

    /** @param lead null where the campaign's list has no such number */
    public record Known(AttemptHistory history, @Nullable LeadFacts lead) {}

    /** @param since attempts before that time, epoch milliseconds, are left out */
    public static Known read(Database database, CampaignId campaign, long e164, long since) {
        return database.jdbi()
                .withHandle(handle -> new Known(
                        NumberHistories.read(handle, List.of(e164), since).getOrDefault(e164, new AttemptHistory()),
                        facts(handle, campaign, e164)));
    }

    private static @Nullable LeadFacts facts(Handle handle, CampaignId campaign, long e164) {
        return handle.createQuery(FACTS)
                .bind("campaign", campaign.value())
                .bind("e164", e164)
                .map((row, _) -> {
                    long consent = row.getLong("consent_at");
                    long since = row.wasNull() ? LeadFacts.NEVER : consent;
                    return new LeadFacts(
                            row.getString("name") != null, row.getString("grade"), row.getInt("attempts"), since);
                })
                .findOne()
                .orElse(null);
    }
}
