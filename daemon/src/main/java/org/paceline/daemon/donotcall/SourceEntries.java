package org.paceline.daemon.donotcall;

import static org.paceline.daemon.database.SqlWords.word;
import static org.paceline.daemon.database.SqlWords.words;

import java.util.List;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.rules.OptOut;

/**
 * Finds what was entered by a source: single entries, and imported lists as wholes.
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

    private static final String LISTS = "SELECT campaign, until_at, numbers FROM do_not_call_list"
            + " WHERE source = :source AND numbers > 0 ORDER BY campaign, until_at";

    private final Database database;

    public SourceEntries(Database database) {
        this.database = database;
    }

    /** @param saidByPerson whether an agent noted that the person itself wants no calls */
    public record Found(DoNotCallEntry entry, boolean saidByPerson) {}

    /**
     * An imported list.
     *
     * @param campaign the campaign that it is for, empty for all
     * @param untilEpochMillis when it ends, {@link Long#MAX_VALUE} for never
     * @param numbers how many it holds
     */
    public record ImportedList(String campaign, long untilEpochMillis, long numbers) {}

    /** Returns the lists that were imported under that source and hold numbers. */
    public List<ImportedList> lists(String source) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(LISTS)
                        .bind("source", source)
                        .map((row, _) -> new ImportedList(
                                row.getString("campaign"), row.getLong("until_at"), row.getLong("numbers")))
                        .list());
    }

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
