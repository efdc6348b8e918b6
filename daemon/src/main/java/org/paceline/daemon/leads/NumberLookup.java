package org.paceline.daemon.leads;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.nodes.Fence;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.LeadFacts;

/** What the database knows of one number, for people who ask why it is or is not called. */
public final class NumberLookup {
    private static final String LEAD =
            "SELECT name, grade, attempts, consent_at FROM lead WHERE campaign = ? AND e164 = ?";

    private NumberLookup() {}

    /** @param lead null where the campaign's list has no such number */
    public record Known(AttemptHistory history, @Nullable LeadFacts lead) {}

    /** @param since attempts before that time, epoch milliseconds, are left out */
    public static Known read(Database database, CampaignId campaign, long e164, long since) throws SQLException {
        LeadTable.Row number = new LeadTable.Row(new LeadId(0), e164, 0, 0, LeadTraits.NONE, null);
        AttemptHistory history = new LeadTable(database, "", Fence.NONE)
                .histories(List.of(number), since)
                .getOrDefault(e164, new AttemptHistory());
        return new Known(history, lead(database, campaign, e164));
    }

    private static @Nullable LeadFacts lead(Database database, CampaignId campaign, long e164) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            try (PreparedStatement query = handle.getConnection().prepareStatement(LEAD)) {
                query.setString(1, campaign.value());
                query.setLong(2, e164);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        return null;
                    }
                    boolean named = row.getString(1) != null;
                    String grade = row.getString(2);
                    int attempts = row.getInt(3);
                    long consent = row.getLong(4);
                    return new LeadFacts(named, grade, attempts, row.wasNull() ? LeadFacts.NEVER : consent);
                }
            }
        });
    }
}
