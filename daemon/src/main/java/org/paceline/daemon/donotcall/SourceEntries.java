package org.paceline.daemon.donotcall;

import static org.paceline.daemon.database.SqlWords.word;
import static org.paceline.daemon.database.SqlWords.words;

import java.util.List;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.rules.OptOut;

/**
 * Finds single entries by their source; imported lists are not searched.
 *
 * <p>Thread: any; may block.
 */
public final class SourceEntries {
    /**
     * Finds the entries of a source. An entry keeps its first source, so what the person said later is searched for in
     * the agents' notes.
     */
    private static final String OF_SOURCE = "SELECT n.e164, n.campaign, n.entered_at, n.until_at,"
            + " (SELECT COUNT(*) FROM attempt a JOIN call_disposition d ON d.call_id = a.call_id"
            + " WHERE a.e164 = n.e164 AND d.meaning IN "
            + words(Disposition.Meaning.OPT_OUT, Disposition.Meaning.COMPLAINT) + ") AS said_by_person"
            + " FROM do_not_call n WHERE n.source = :source AND n.kind = " + word(OptOut.Kind.REQUEST)
            + " ORDER BY n.e164, n.campaign";

    private final Database database;

    public SourceEntries(Database database) {
        this.database = database;
    }

    /** @param saidByPerson whether an agent noted that the person itself wants no calls */
    public record Found(DoNotCallEntry entry, boolean saidByPerson) {}

    /** Returns the requests of that source. */
    public List<Found> of(String source) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(OF_SOURCE)
                        .bind("source", source)
                        .map((row, _) -> {
                            String campaign = row.getString("campaign");
                            OptOut entry =
                                    new OptOut(source, campaign.isEmpty() ? null : campaign, row.getLong("until_at"));
                            return new Found(
                                    new DoNotCallEntry(row.getLong("e164"), entry, row.getLong("entered_at")),
                                    row.getInt("said_by_person") > 0);
                        })
                        .list());
    }
}
