package org.paceline.daemon.attempts;

import static org.paceline.daemon.database.SqlWords.word;
import static org.paceline.daemon.database.SqlWords.words;

import java.util.List;
import org.paceline.daemon.database.Database;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.AnsweredCalls;

/** Counts answered calls in the database by time. Thread: any; blocks. */
public final class AnsweredTable {
    private static final String MACHINES = words(Outcome.MACHINE, Outcome.FAX);
    private static final String COUNT = "SELECT MIN(ended_at) AS at,"
            + " COUNT(CASE WHEN outcome IN " + MACHINES + " THEN NULL ELSE 1 END) AS persons,"
            + " COUNT(CASE WHEN outcome IN " + MACHINES + " THEN 1 END) AS machines,"
            + " COUNT(CASE WHEN outcome = " + word(Outcome.ABANDONED) + " THEN 1 END) AS abandoned"
            + " FROM attempt WHERE campaign = :campaign AND ended_at >= :since AND run <> :run"
            + " AND (answered_at IS NOT NULL OR outcome IN "
            + words(Outcome.ABANDONED, Outcome.MACHINE, Outcome.FAX) + ") GROUP BY ended_at / :slot ORDER BY 1";

    private final Database database;

    public AnsweredTable(Database database) {
        this.database = database;
    }

    /**
     * Returns the campaign's answered calls of all runs but this one, oldest first.
     *
     * @param sinceEpochMillis calls that ended earlier are left out
     * @param slotMillis calls within one slot of this length are counted together
     * @param run this run, whose calls the engine counts itself
     */
    public List<AnsweredCalls> elsewhere(CampaignId campaign, long sinceEpochMillis, long slotMillis, long run) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(COUNT)
                        .bind("campaign", campaign.value())
                        .bind("since", sinceEpochMillis)
                        .bind("run", run)
                        .bind("slot", slotMillis)
                        .map((row, _) -> new AnsweredCalls(
                                row.getLong("at"),
                                row.getLong("persons"),
                                row.getLong("machines"),
                                row.getLong("abandoned")))
                        .list());
    }
}
