package org.paceline.daemon.donotcall;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.paceline.daemon.database.Database;
import org.paceline.rules.OptOut;

/**
 * Entries by what put them there, one by one; imported lists are not looked at.
 *
 * <p>Thread: any; may block.
 */
public final class SourceEntries {
    /** An entry keeps its first source, so what the person said later is looked for where agents note it. */
    private static final String OF_SOURCE = "SELECT n.e164, n.campaign, n.entered_at, n.until_at,"
            + " (SELECT COUNT(*) FROM attempt a JOIN call_disposition d ON d.call_id = a.call_id"
            + " WHERE a.e164 = n.e164 AND d.meaning IN ('OPT_OUT', 'COMPLAINT'))"
            + " FROM do_not_call n WHERE n.source = ? AND n.kind = 'REQUEST' ORDER BY n.e164, n.campaign";

    private final Database database;

    public SourceEntries(Database database) {
        this.database = database;
    }

    /** @param saidByPerson whether an agent noted that the person itself wants no calls */
    public record Found(DoNotCallEntry entry, boolean saidByPerson) {}

    /** Requests of that source. */
    public List<Found> of(String source) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            List<Found> found = new ArrayList<>();
            try (PreparedStatement query = handle.getConnection().prepareStatement(OF_SOURCE)) {
                query.setString(1, source);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        String campaign = rows.getString(2);
                        OptOut entry = new OptOut(source, campaign.isEmpty() ? null : campaign, rows.getLong(4));
                        found.add(new Found(
                                new DoNotCallEntry(rows.getLong(1), entry, rows.getLong(3)), rows.getInt(5) > 0));
                    }
                }
            }
            return found;
        });
    }
}
