package org.paceline.daemon.campaigns;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.database.StorableText;
import org.paceline.dialer.event.Effect;

/**
 * The matter of campaigns' calls: what each node's file said, and since when.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
public final class MatterTable {
    private static final int LONGEST_MATTER = 500;
    private static final String LAST = "SELECT matter FROM campaign_matter WHERE campaign = :campaign AND node = :node"
            + " ORDER BY since DESC FETCH FIRST ROW ONLY";
    private static final String ADD = "INSERT INTO campaign_matter (campaign, node, since, matter)"
            + " VALUES (:campaign, :node, :since, :matter) ON CONFLICT DO NOTHING";

    private MatterTable() {}

    /** Writes the entries; a matter that is the same as before is not written again. */
    public static void write(Handle handle, List<Effect.MatterSet> entries, String node) {
        for (Effect.MatterSet entry : entries) {
            String campaign = entry.campaign().value();
            String matter = entry.matter() == null ? "" : StorableText.of(entry.matter(), LONGEST_MATTER);
            if (!matter.equals(last(handle, campaign, node))) {
                handle.createUpdate(ADD)
                        .bind("campaign", campaign)
                        .bind("node", node)
                        .bind("since", entry.atEpochMillis())
                        .bind("matter", matter)
                        .execute();
            }
        }
    }

    private static String last(Handle handle, String campaign, String node) {
        return handle.createQuery(LAST)
                .bind("campaign", campaign)
                .bind("node", node)
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }
}
