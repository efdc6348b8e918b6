package org.paceline.daemon.leads;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;

/**
 * The campaigns' leads: how many there are, and single ones.
 *
 * <p>Thread: any; may block. Database errors come as Jdbi's unchecked exceptions.
 */
public final class LeadTable {
    private static final String COUNT = "SELECT COUNT(*) FROM lead WHERE status = :status AND campaign = :campaign";
    private static final String CAMPAIGNS = "SELECT DISTINCT campaign FROM lead ORDER BY campaign";
    private static final String SELECT = "SELECT id, campaign, e164, attempts - faults AS attempts FROM lead";

    private final Database database;

    /**
     * A lead.
     *
     * @param e164 digits without {@code +}
     * @param attempts attempts that ended by the callee's doing
     */
    public record Listed(LeadId id, CampaignId campaign, long e164, int attempts) {}

    public LeadTable(Database database) {
        this.database = database;
    }

    /** Counts the campaign's leads by status; every status is in the result. */
    public Map<LeadStatus, Long> countByStatus(CampaignId campaign) {
        Map<LeadStatus, Long> counts = new EnumMap<>(LeadStatus.class);
        for (LeadStatus status : LeadStatus.values()) {
            counts.put(
                    status,
                    database.jdbi()
                            .withHandle(handle -> handle.createQuery(COUNT)
                                    .bind("status", status.name())
                                    .bind("campaign", campaign.value())
                                    .mapTo(Long.class)
                                    .one()));
        }
        return counts;
    }

    /** Returns the names of the campaigns that have leads. */
    public List<String> campaigns() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(CAMPAIGNS).mapTo(String.class).list());
    }

    /** Returns the leads that were imported first, of all campaigns. */
    public List<Listed> first(int most) {
        return database.jdbi()
                .withHandle(handle -> leads(handle.createQuery(SELECT + " ORDER BY id FETCH FIRST :most ROWS ONLY")
                        .bind("most", most)));
    }

    /** Returns the lead, or null where there is none. */
    public static @Nullable Listed find(Handle handle, long id) {
        return single(handle.createQuery(SELECT + " WHERE id = :id").bind("id", id));
    }

    /** Returns the campaign's lead with that number, or null where it has none. */
    public static @Nullable Listed find(Handle handle, long e164, CampaignId campaign) {
        return single(handle.createQuery(SELECT + " WHERE e164 = :e164 AND campaign = :campaign")
                .bind("e164", e164)
                .bind("campaign", campaign.value()));
    }

    private static @Nullable Listed single(Query query) {
        List<Listed> found = leads(query);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<Listed> leads(Query query) {
        return query.map((row, _) -> new Listed(
                        new LeadId(row.getLong("id")),
                        new CampaignId(row.getString("campaign")),
                        row.getLong("e164"),
                        row.getInt("attempts")))
                .list();
    }
}
