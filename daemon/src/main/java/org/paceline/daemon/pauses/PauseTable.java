package org.paceline.daemon.pauses;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.id.CampaignId;

/** The table {@code campaign_pause}. Thread: any. */
final class PauseTable {
    private static final String CURRENT = "SELECT campaign, paused, said_by, reason, said_at FROM campaign_pause"
            + " WHERE id IN (SELECT MAX(id) FROM campaign_pause GROUP BY campaign) ORDER BY campaign";
    private static final String ADD = "INSERT INTO campaign_pause (campaign, paused, said_by, reason, said_at)"
            + " VALUES (:campaign, :paused, :by, :reason, :at)";

    private final Database database;

    PauseTable(Database database) {
        this.database = database;
    }

    /**
     * Returns every campaign that is paused.
     *
     * @throws org.jdbi.v3.core.JdbiException where the database does not answer
     */
    Map<CampaignId, CampaignPause> paused() {
        return database.jdbi().withHandle(PauseTable::paused);
    }

    private static Map<CampaignId, CampaignPause> paused(Handle handle) {
        Map<CampaignId, CampaignPause> found = new LinkedHashMap<>();
        handle.createQuery(CURRENT)
                .map((row, _) -> row.getBoolean("paused")
                        ? Map.entry(
                                new CampaignId(row.getString("campaign")),
                                new CampaignPause(
                                        row.getString("said_by"), row.getString("reason"), row.getLong("said_at")))
                        : null)
                .forEach(entry -> {
                    if (entry != null) {
                        found.put(entry.getKey(), entry.getValue());
                    }
                });
        return found;
    }

    /**
     * Pauses a campaign; one that is paused already keeps its first pause.
     *
     * @return the pause in force
     */
    CampaignPause pause(CampaignId campaign, CampaignPause word) {
        return database.write(handle -> {
            CampaignPause before = paused(handle).get(campaign);
            if (before == null) {
                add(handle, campaign, true, word);
            }
            return before == null ? word : before;
        });
    }

    /**
     * Ends a pause.
     *
     * @return the pause that is over, or null where there was none
     */
    @Nullable
    CampaignPause resume(CampaignId campaign, CampaignPause word) {
        return database.<@Nullable CampaignPause, RuntimeException>write(handle -> {
            CampaignPause before = paused(handle).get(campaign);
            if (before != null) {
                add(handle, campaign, false, word);
            }
            return before;
        });
    }

    private static void add(Handle handle, CampaignId campaign, boolean paused, CampaignPause word) {
        handle.createUpdate(ADD)
                .bind("campaign", campaign.value())
                .bind("paused", paused)
                .bind("by", word.by())
                .bind("reason", word.reason())
                .bind("at", word.sinceEpochMillis())
                .execute();
    }
}
